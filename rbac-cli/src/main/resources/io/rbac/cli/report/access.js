"use strict";

/*
 * Who may do what, and where: a user has a permission at a target if a role that they hold at it, or at something that it lies in,
 * grants it. What each role grants and what lies in what come from the library; here they are only put together.
 */

/** Returns what a user has at a target: the permissions that roles held at it grant, and those from above. */
function rightsAt(user, target) {
  const own = new Set();
  const above = new Set();
  const places = new Set(path(target));
  const used = [];
  for (const [role, place] of held(user)) {
    if (places.has(place)) {
      used.push([role, place]);
      roles[role].grants.forEach((index) => (place === target ? own : above).add(index));
    }
  }
  own.forEach((index) => above.delete(index));
  return { own, above, used };
}

/** Returns the users who have a permission at a target, or anywhere, each with the assignments that grant it. */
function whoCan(permission, target) {
  const places = target === null ? null : new Set(path(target));
  const found = [];
  for (let user = 0; user < data.users.length; user++) {
    const by = held(user).filter(([role, place]) => roles[role].grants.has(permission) && (places === null || places.has(place)));
    if (by.length > 0) {
      found.push({ user, by });
    }
  }
  return found;
}

const place = (target) => code(targetNames[target], "place");

const roleChip = (role) =>
  el("span", { class: "chip" + (role.active ? "" : " gone"), title: role.id }, el("bdi", {}, role.name), role.active ? null : " (discarded)");

/** Returns what a target lies in, as text after its name; nothing for what lies in the account. */
function way(target) {
  const above = path(target).slice(1, -1);
  return above.length === 0 ? null : el("span", { class: "muted way" }, " in ", above.flatMap((each, i) => [i > 0 && " in ", place(each)]));
}

let targetTexts = null;

/** Suggests names of targets as one types: the first that match. */
function suggestTargets(input, list) {
  const suggest = () => {
    targetTexts = targetTexts || targetNames.map(fold);
    const matches = matcher(input.value);
    const names = [];
    for (let i = 0; i < targetNames.length && names.length < 50; i++) {
      if (matches(targetTexts[i])) {
        names.push(targetNames[i]);
      }
    }
    list.replaceChildren(...names.map((name) => el("option", { value: name })));
  };
  onInput(input, suggest);
  input.addEventListener("focus", suggest);
}

/** Returns assignments as a list: the role, and the target with what it lies in. */
const holdings = (assignments) => el("ul", { class: "by" }, assignments.map(([role, at]) => el("li", {}, roleChip(roles[role]), " at ", place(at), way(at))));

const userRow = (user, assignments) => el("tr", {}, el("th", { scope: "row" }, code(data.users[user])), el("td", {}, holdings(assignments)));

const users = (() => {
  /** How many users are put on paper. */
  const PRINTED_USERS = 1000;

  const search = byId("users-search");
  const order = byId("users-order");
  const list = byId("users-list");
  const detail = byId("users-detail");
  let texts = null;
  let reaches = null;
  let changed = null;
  let chosen = null;

  function textOf(user) {
    if (texts === null) {
      texts = data.users.map((id, each) =>
        fold([id, ...held(each).flatMap(([role, target]) => [roles[role].name, roles[role].id, targetNames[target]])].join(" ")),
      );
    }
    return texts[user];
  }

  function reachOf(user) {
    if (reaches === null) {
      reaches = data.users.map((id, each) => reach(each));
    }
    return reaches[user];
  }

  function summary(user) {
    const names = [...new Set(held(user).map(([role]) => roles[role].name))];
    return [
      names.slice(0, 3).flatMap((name, i) => [i > 0 && ", ", el("bdi", {}, name)]),
      names.length > 3 && " and " + (names.length - 3) + " more",
    ];
  }

  function item(user) {
    return el(
      "li",
      {},
      el(
        "button",
        { type: "button", "data-user": user, "aria-current": user === chosen ? "true" : false, onclick: () => choose(user, true) },
        code(data.users[user]),
        el("span", { class: "muted" }, summary(user)),
      ),
    );
  }

  function find() {
    const matches = matcher(search.value);
    const found = [];
    for (let user = 0; user < data.users.length; user++) {
      if (search.value.trim() === "" || matches(textOf(user))) {
        found.push(user);
      }
    }
    if (order.value === "assignments") {
      found.sort((a, b) => data.held[b].length - data.held[a].length);
    } else if (order.value === "reach") {
      found.sort((a, b) => reachOf(b) - reachOf(a));
    }
    return found;
  }

  function show() {
    const found = find();
    byId("users-status").textContent = countedOf(found.length, data.users.length, "user");
    showPaged(list, found, item, 100);
    if (!found.includes(chosen)) {
      choose(found.length === 0 ? null : found[0], false);
    }
  }

  function rights({ own, above }) {
    return [
      own.size > 0 ? rightsLines(own) : el("p", { class: "muted" }, "grants nothing here"),
      above.size > 0 && el("div", { class: "above" }, el("p", { class: "muted" }, "and from above"), rightsLines(above)),
    ];
  }

  function placeRow(user, target) {
    const answer = rightsAt(user, target);
    const here = answer.used.filter(([, at]) => at === target).map(([role]) => roleChip(roles[role]));
    const below = subtreeSizes[target] - 1;
    return el(
      "tr",
      {},
      el("th", { scope: "row" }, place(target), way(target), below > 0 && el("p", { class: "muted small" }, "and " + number(below) + " below")),
      el("td", { "data-label": "Roles" }, here),
      el("td", { "data-label": "May do there" }, rights(answer)),
    );
  }

  /** Returns what a user gains and loses, as far as the page lists it. */
  function changesOf(id) {
    if (changed === null) {
      changed = new Map();
      for (const [kind, side] of [["gain", data.changes.gains], ["loss", data.changes.losses]]) {
        for (const group of side.groups) {
          for (const [user, target] of group.entries) {
            changed.set(user, (changed.get(user) || []).concat({ kind, rights: group.rights, target }));
          }
        }
      }
    }
    return changed.get(id) || [];
  }

  function changeBox(user) {
    const isListed = ({ groups }) => groups.every((group) => group.count === group.entries.length);
    const isComplete = isListed(data.changes.gains) && isListed(data.changes.losses);
    const found = changesOf(data.users[user]);
    return [
      el("h4", {}, "What changes for them"),
      el(
        "ul",
        { class: "theirs" },
        found.map(({ kind, rights, target }) => el("li", {}, rightsLines(rights, kind), el("p", { class: "muted small" }, "at ", code(target, "place")))),
      ),
      found.length === 0 && el("p", { class: "muted" }, isComplete ? "Nothing." : "Nothing that this page lists."),
      !isComplete && el("p", { class: "muted small" }, "Of a large group of changes the page lists the first; there may be more."),
    ];
  }

  function askBox(user) {
    const input = el("input", { type: "text", list: "user-targets", placeholder: "for example " + targetNames[targetNames.length - 1], autocomplete: "off", spellcheck: "false", id: "user-target" });
    const targets = el("datalist", { id: "user-targets" });
    const answer = el("div", { class: "answer-box", role: "status" });
    suggestTargets(input, targets);
    onInput(input, () => {
      const target = targetByName.get(input.value.trim());
      if (target === undefined) {
        answer.replaceChildren(input.value.trim() === "" ? "" : el("p", { class: "muted" }, "There is no such target."));
        return;
      }
      const found = rightsAt(user, target);
      const all = new Set([...found.own, ...found.above]);
      answer.replaceChildren(
        all.size === 0
          ? el("p", {}, "Nothing: ", found.used.length === 0 ? "holds no role there or above." : "what they hold there and above grants nothing.")
          : rightsLines(all),
        found.used.length > 0 &&
          el("p", { class: "muted small" }, "by ", found.used.flatMap(([role, at], i) => [i > 0 && ", ", roleChip(roles[role]), " at ", place(at)])),
      );
    });
    return el("div", { class: "ask" }, el("label", {}, "What may they do at any other target? ", input), targets, answer);
  }

  function choose(user, asked) {
    chosen = user;
    list.querySelectorAll("button[data-user]").forEach((button) => {
      if (Number(button.dataset.user) === user) {
        button.setAttribute("aria-current", "true");
      } else {
        button.removeAttribute("aria-current");
      }
    });
    if (user === null) {
      detail.replaceChildren(el("p", { class: "empty" }, data.users.length === 0 ? "Nobody holds a role." : "Nobody matches."));
      return;
    }
    const places = [...new Set(held(user).map(([, target]) => target))].sort((a, b) => path(a).length - path(b).length || a - b);
    detail.replaceChildren(
      el("h3", {}, code(data.users[user])),
      el("p", { class: "lead" }, counted(held(user).length, "assignment") + " at " + counted(places.length, "target") + ", reaching " + number(reachOf(user)) + " of " + counted(data.targets.length, "target")),
      ...pagedTable(["Where", "Roles", "May do there"], places, (target) => placeRow(user, target), 100, "places"),
      ...[data.changes && changeBox(user)].flat().filter((each) => each),
      askBox(user),
    );
    if (asked) {
      detail.focus({ preventScroll: matchMedia("(min-width: 900px)").matches });
    }
  }

  /** Puts those who are found on paper: what they hold, and where. */
  function print() {
    byId("users-print").replaceChildren(
      el("h3", {}, search.value.trim() === "" ? "All users" : "Users who match"),
      ...pagedTable(["User", "Roles and where"], find(), (user) => userRow(user, held(user)), PRINTED_USERS),
    );
  }

  function start() {
    addEventListener("beforeprint", print);
    addEventListener("afterprint", () => byId("users-print").replaceChildren());
    byId("count-users").textContent = number(data.users.length);
    onInput(search, eachFrame(show));
    onInput(order, show);
    show();
  }

  return { start };
})();

const who = (() => {
  const permission = byId("who-permission");
  const target = byId("who-target");
  const status = byId("who-status");

  function show() {
    const results = byId("who-results");
    const asked = target.value.trim();
    const at = asked === "" ? null : targetByName.get(asked);
    const isKnown = at !== undefined;
    target.setAttribute("aria-invalid", String(!isKnown));
    results.replaceChildren();
    byId("who-roles").replaceChildren();
    if (!isKnown || permissions.length === 0) {
      status.replaceChildren(isKnown ? "The catalog has no permissions." : "There is no such target: nobody can do anything there.");
      return;
    }
    const index = Number(permission.value);
    const found = whoCan(index, at);
    status.replaceChildren(
      el("b", { class: "big" }, number(found.length)),
      " of " + counted(data.users.length, "user") + " can ",
      code(permissions[index].key),
      at === null ? " somewhere" : " at ",
      at === null ? "" : place(at),
    );
    const granting = roles.filter((role) => role.grants.has(index));
    byId("who-roles").replaceChildren(
      ...(granting.length === 0 ? ["No role grants it."] : ["Granted by ", ...granting.flatMap((role, i) => [i > 0 ? " " : "", roleChip(role)])]),
    );
    if (found.length > 0) {
      const columns = ["User", at === null ? "By, and from where down" : "By"];
      results.append(...pagedTable(columns, found, ({ user, by }) => userRow(user, by), 100));
    }
  }

  function start() {
    data.groups.forEach((name, group) => {
      const members = permissions.map((each, index) => index).filter((index) => permissions[index].group === group && permissions[index].state !== "removed");
      if (members.length > 0) {
        permission.append(el("optgroup", { label: name }, members.map((index) => el("option", { value: index }, permissions[index].key))));
      }
    });
    suggestTargets(target, byId("who-targets"));
    onInput(permission, show);
    onInput(target, eachFrame(show));
    show();
  }

  return { start };
})();
