"use strict";

/* What a second policy changes: its roles, and who gains and loses what, where. */

const changes = (() => {
  /** Up to how many groups are open at first, and after a search. */
  const FEW_GROUPS = 8;
  /** How many permissions are named that only one of the catalogs has. */
  const NAMED_KEYS = 20;

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

  function unchangedRights(role) {
    if (role.state === "removed") {
      return "Granted nothing.";
    }
    return role.granted.length === 0 ? "Grants nothing." : "Grants what it granted before.";
  }

  /** Returns what is different about a role, beside what it grants. */
  function differences(role, was) {
    if (!was) {
      return [];
    }
    return [
      was.name !== role.name && ["Was named ", el("bdi", {}, was.name), "."],
      was.scope !== role.scope && ["Was a role of the scope ", el("bdi", {}, was.scope), "."],
      was.active !== role.active && (role.active ? "Was discarded, and is restored." : "Is discarded."),
      was.default !== role.default && (role.default ? "Is a default role now." : "Is no default role any more."),
    ].filter((text) => text);
  }

  /** Returns how the permissions differ that the two policies know, as far as they do. */
  function catalogChanges() {
    const keys = (state) => permissions.filter((permission) => permission.state === state).map((permission) => permission.key);
    const line = (kind, title, found) =>
      found.length > 0 &&
      el(
        "li",
        { class: kind },
        sign(kind),
        " " + title + ": ",
        found.slice(0, NAMED_KEYS).flatMap((key, i) => [i > 0 && ", ", code(key)]),
        found.length > NAMED_KEYS && " and " + number(found.length - NAMED_KEYS) + " more",
      );
    const lines = [
      line("gain", "Permissions that only the new catalog has", keys("added")),
      line("loss", "Permissions that only the old catalog has", keys("removed")),
    ].filter((each) => each);
    return lines.length > 0 && el("ul", { class: "catalog" }, lines);
  }

  function roleCard(change) {
    const role = roles[change.role];
    return el(
      "article",
      { class: "card" },
      el("header", {}, el("h4", {}, el("bdi", {}, role.name), " ", code(role.id, "muted")), el("span", {}, scopeTag(role.scope), roleTags(role))),
      differences(role, change.was).map((text) => el("p", {}, text)),
      change.gained.length > 0 && rightsLines(change.gained, "gain"),
      change.lost.length > 0 && rightsLines(change.lost, "loss"),
      change.gained.length + change.lost.length === 0 && el("p", { class: "muted" }, unchangedRights(role)),
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
        shown.push({ group, entries, isOpen: query === "" ? groups.length <= FEW_GROUPS : shown.length < FEW_GROUPS });
      }
    }
    byId("changes-status").textContent = query === "" ? "" : number(shown.length) + " of " + counted(groups.length, "group");
    const section = (kind, title) => {
      const members = shown.filter(({ group }) => group.kind === kind);
      const blocks = el("div", {});
      showPaged(blocks, members, ({ group, entries, isOpen }) => groupBlock(group, entries, isOpen), 50);
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
    byId("changes-catalog").append(...[catalogChanges()].filter((each) => each));
    byId("changes-tiles").append(tile("gain", data.changes.gains), tile("loss", data.changes.losses));
    byId("changed-roles-title").hidden = data.changes.roles.length === 0;
    showPaged(byId("changed-roles"), data.changes.roles, roleCard, 24);
    byId("changes-controls").hidden = isSame;
    onInput(search, eachFrame(show));
    show();
  }

  return { start };
})();
