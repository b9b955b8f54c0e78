"use strict";

/* What a second policy changes: its roles, and who gains and loses what, where. */

const changes = (() => {
  /** Up to how many groups are open at first. */
  const FEW_GROUPS = 6;

  const search = byId("changes-search");

  const sign = (kind) => el("span", { class: "sign " + kind, "aria-hidden": "true" }, kind === "gain" ? "+" : "\u2212");

  function tile(kind, side) {
    return el(
      "div",
      { class: "tile " + kind },
      el("p", { class: "figure" }, (kind === "gain" ? "+" : "\u2212") + number(side.count)),
      el("p", {}, el("b", {}, kind === "gain" ? (side.count === 1 ? "gain" : "gains") : side.count === 1 ? "loss" : "losses"), side.count === 0 ? "" : " of " + counted(side.users, "user")),
    );
  }

  function radius(change) {
    if (change.holders === 0) {
      return el("p", { class: "muted" }, "Nobody holds it.");
    }
    const parts = ["Held by " + counted(change.holders, "user") + " at " + counted(change.places, "target") + ", reaching " + counted(change.reach, "target") + "."];
    const effects = [];
    if (change.gaining > 0) {
      effects.push(el("li", { class: "gain" }, sign("gain"), " " + counted(change.gaining, "user") + (change.gaining === 1 ? " gains" : " gain")));
    }
    if (change.losing > 0) {
      effects.push(el("li", { class: "loss" }, sign("loss"), " " + counted(change.losing, "user") + (change.losing === 1 ? " loses" : " lose")));
    }
    return [
      el("p", {}, parts),
      effects.length > 0 ? el("ul", { class: "effects" }, effects) : el("p", { class: "muted" }, "Nobody gains or loses by it."),
    ];
  }

  function roleCard(change) {
    const role = roles[change.role];
    return el(
      "article",
      { class: "card" },
      el("header", {}, el("h4", {}, el("bdi", {}, role.name), " ", code(role.id, "muted")), el("span", {}, scopeTag(role.scope), roleTags(role))),
      change.gained.length > 0 && rightsLines(change.gained, "gain"),
      change.lost.length > 0 && rightsLines(change.lost, "loss"),
      change.gained.length + change.lost.length === 0 && el("p", { class: "muted" }, "Grants what it granted before."),
      el("div", { class: "radius" }, el("h5", {}, "Blast radius"), radius(change)),
    );
  }

  // gains and losses by roles and rights

  const groups = data.changes ? [["gain", data.changes.gains], ["loss", data.changes.losses]].flatMap(([kind, side]) => side.groups.map((group) => ({ kind, ...group }))) : [];
  for (const group of groups) {
    group.text = fold([...group.roles.flatMap((index) => [roles[index].name, roles[index].id]), ...group.rights.map((index) => permissions[index].key)].join(" "));
    group.entries.forEach((entry) => (entry.text = fold(entry.join(" "))));
  }

  function groupBlock(group, entries, isOpen) {
    const list = el("ul", { class: "entries" });
    const fill = () => {
      if (list.childElementCount === 0) {
        showPaged(list, entries, ([user, target]) => el("li", {}, code(user), el("span", { class: "muted" }, " at "), code(target, "place")), 100);
      }
    };
    const block = el(
      "details",
      { class: "change " + group.kind, ontoggle: () => block.open && fill() },
      el(
        "summary",
        {},
        el("span", { class: "sign " + group.kind }, group.kind === "gain" ? "+" : "\u2212"),
        el("div", {}, rightsLines(group.rights), el("p", { class: "muted small" }, "by ", group.roles.map((index) => [roleChip(roles[index]), " "]))),
        el("span", { class: "amount" }, number(group.count), el("span", { class: "hidden" }, group.kind === "gain" ? " gains" : " losses")),
      ),
      list,
      group.count > group.entries.length &&
        el("p", { class: "muted unlisted" }, "and " + number(group.count - group.entries.length) + " more, which this page does not list"),
    );
    if (isOpen) {
      fill();
      block.open = true;
    }
    return block;
  }

  function show() {
    const query = search.value.trim();
    const matches = matcher(query);
    const shown = [];
    for (const group of groups) {
      const isWhole = matches(group.text);
      // Words may be found in the roles and rights of a group, and in the user and target of an entry.
      const entries = isWhole ? group.entries : group.entries.filter((entry) => matches(group.text + " " + entry.text));
      if (entries.length > 0) {
        shown.push({ group, entries });
      }
    }
    byId("changes-status").textContent = query === "" ? "" : number(shown.length) + " of " + counted(groups.length, "group");
    const section = (kind, title) => {
      const members = shown.filter(({ group }) => group.kind === kind);
      const blocks = el("div", {});
      showPaged(blocks, members, ({ group, entries }) => groupBlock(group, entries, query !== "" || groups.length <= FEW_GROUPS), 50);
      return members.length === 0 ? [] : [el("h3", {}, title), blocks];
    };
    byId("changes-groups").replaceChildren(
      ...section("gain", "Who gains what"),
      ...section("loss", "Who loses what"),
      ...(shown.length === 0 && groups.length > 0 ? [el("p", { class: "empty" }, "Nothing matches.")] : []),
    );
  }

  function start() {
    const isSame = groups.length === 0;
    byId("tab-changes").hidden = false;
    byId("count-changes").textContent = "+" + number(data.changes.gains.count) + " \u2212" + number(data.changes.losses.count);
    byId("changes-lead").replaceChildren(
      isSame
        ? "Every check is answered as before: nobody gains or loses anything."
        : "A gain or loss names a user and the highest target at which it happens; it stands for everything that lies there.",
    );
    byId("changes-tiles").append(tile("gain", data.changes.gains), tile("loss", data.changes.losses));
    byId("changed-roles-title").hidden = data.changes.roles.length === 0;
    showPaged(byId("changed-roles"), data.changes.roles, roleCard, 24);
    byId("changes-controls").hidden = isSame;
    onInput(search, eachFrame(show));
    show();
  }

  return { start };
})();
