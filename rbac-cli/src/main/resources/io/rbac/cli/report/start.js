"use strict";

/* The head of the page, and its tabs. */

const tabs = (() => {
  const all = [...document.querySelectorAll("[role=tab]")];
  const shown = () => all.filter((tab) => !tab.hidden);
  // Not the id of the panel alone, which the browser would scroll to.
  const nameOf = (tab) => "#/" + tab.getAttribute("aria-controls");
  const panelOf = (tab) => byId(tab.getAttribute("aria-controls"));

  function open(tab, isKept) {
    for (const each of all) {
      const isOpen = each === tab;
      each.setAttribute("aria-selected", String(isOpen));
      each.tabIndex = isOpen ? 0 : -1;
      panelOf(each).hidden = !isOpen;
    }
    if (isKept) {
      history.replaceState(null, "", nameOf(tab));
    }
    matrix.opened();
  }

  function openNamed() {
    const named = shown().find((tab) => nameOf(tab) === location.hash);
    open(named || shown()[0], false);
  }

  function start() {
    for (const tab of all) {
      tab.addEventListener("click", () => open(tab, true));
      tab.addEventListener("keydown", (event) => {
        const list = shown();
        const at = list.indexOf(tab);
        const goals = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: list.length - 1 };
        if (event.key in goals) {
          const goal = list[(goals[event.key] + list.length) % list.length];
          event.preventDefault();
          open(goal, true);
          goal.focus();
        }
      });
    }
    // On paper there are no tabs: what is there follows one upon the other.
    addEventListener("beforeprint", () => shown().forEach((tab) => (panelOf(tab).hidden = false)));
    addEventListener("afterprint", () => open(all.find((tab) => tab.getAttribute("aria-selected") === "true"), false));
    addEventListener("hashchange", openNamed);
    openNamed();
  }

  return { start };
})();

function showHead() {
  document.title = data.account + " \u2013 access report";
  byId("account").textContent = data.account;
  const revision = (of) => "revision " + of.revision;
  byId("version").replaceChildren(
    ...(data.old
      ? [data.old.account === data.account ? "From " : ["From ", code(data.old.account), " "], revision(data.old), " to " + revision(data)].flat()
      : ["Revision " + data.revision]),
    el("span", { class: "fingerprint", title: "Equal exactly if every check is answered in the same way: " + data.fingerprint }, "fingerprint ", code(data.fingerprint.slice(0, 12))),
  );
  byId("foot-revision").textContent =
    "Every answer is for revision " + data.revision + (data.old ? ", the later one." : ".");
  const warnings = data.findings.filter((finding) => finding.severity === "warning").length;
  const facts = [
    ["roles", roles.filter((role) => role.state !== "removed").length],
    ["permissions", permissions.filter((permission) => permission.state !== "removed").length],
    ["users", data.users.length],
    ["targets", data.targets.length],
    ["assignments", data.held.reduce((sum, flat) => sum + flat.length / 2, 0)],
    ["warnings", warnings],
  ];
  byId("facts").append(...facts.map(([name, value]) => el("div", { class: name === "warnings" && value > 0 ? "warn" : "" }, el("dt", {}, value === 1 ? name.slice(0, -1) : name), el("dd", {}, number(value)))));
}

showHead();
if (data.changes) {
  changes.start();
}
matrix.start();
users.start();
who.start();
findings.start();
tabs.start();
