"use strict";

/* What lint found, by rule. */

const findings = (() => {
  /** What the rules look for; one that is not listed here is shown by its id. */
  const RULES = {
    "confusable-name": ["Names that look like a system role's", "These roles can be taken for a system role: their names or ids have characters that look like others, or differ in letter case or space."],
    "holds-everything": ["Holds everything", "These users have every permission that a role of the account can grant, everywhere."],
    "default-with-write": ["Default role that does more than read", "Whoever is connected to a target without a role being named gets these roles."],
    "redundant-assignment": ["Redundant assignments", "All that these assignments grant the user has by others. Where two grant the same, both are listed, but only one can go."],
    "duplicate-role": ["Duplicate roles", "These roles grant exactly what an earlier role of the same scope grants."],
    "subsumed-role": ["Subsumed roles", "Another role of the same scope grants all of this and more."],
    "unused-role": ["Unused roles", "Nobody holds these roles, and they are no defaults."],
    "role-without-rights": ["Roles without rights", "These roles grant nothing."],
    "ungranted-permission": ["Permissions that nobody can have", "No active role grants these permissions."],
  };

  const search = byId("findings-search");
  const severity = byId("findings-severity");

  function card(rule, members) {
    const [title, explanation] = RULES[rule] || [rule, ""];
    const isWarning = members[0].severity === "warning";
    const list = el("ul", { class: "messages" });
    showPaged(
      list,
      members,
      (finding) => el("li", {}, el("bdi", {}, message(finding.message)), finding.suggestion && el("p", { class: "suggestion" }, "Suggested: ", message(finding.suggestion))),
      50,
    );
    return el(
      "article",
      { class: "card" + (isWarning ? " warning" : "") },
      el("header", {}, el("h3", {}, title, " ", el("span", { class: "count" }, number(members.length))), el("span", { class: "tag" + (isWarning ? " warn" : "") }, isWarning ? "warning" : "note")),
      el("p", { class: "muted" }, explanation, " ", code(rule)),
      list,
    );
  }

  function show() {
    const matches = matcher(search.value);
    const found = data.findings.filter((finding) => (severity.value === "" || finding.severity === severity.value) && matches(fold(finding.message + " " + finding.rule)));
    const byRule = new Map();
    for (const finding of found) {
      if (!byRule.has(finding.rule)) {
        byRule.set(finding.rule, []);
      }
      byRule.get(finding.rule).push(finding);
    }
    byId("findings-status").textContent = countedOf(found.length, data.findings.length, "finding");
    byId("findings-list").replaceChildren(
      ...(found.length === 0
        ? [el("p", { class: "empty" }, data.findings.length === 0 ? "Nothing looks wrong." : "Nothing matches.")]
        : [...byRule].map(([rule, members]) => card(rule, members))),
    );
  }

  function start() {
    byId("count-findings").textContent = number(data.findings.length);
    byId("findings-controls").hidden = data.findings.length === 0;
    onInput(search, eachFrame(show));
    onInput(severity, show);
    show();
  }

  return { start };
})();
