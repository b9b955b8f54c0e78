"use strict";

/*
 * The data of this page, and what all its parts are made with. Whatever comes from the policy is put into the page as text: no
 * function here makes markup of a string.
 */

const data = JSON.parse(document.getElementById("policy").textContent);

const byId = (id) => document.getElementById(id);

/** Creates an element. Strings among its children become text; absent ones are left out. */
function el(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key === "class") {
      element.className = value;
    } else if (key.startsWith("on")) {
      element.addEventListener(key.slice(2), value);
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(key, value === true ? "" : value);
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Returns a key that may be broken where its group ends. */
const withBreaks = (key) => key.split(/(?<=:)/u).flatMap((part, i) => [i > 0 && el("wbr"), part]);

/** An id or a key: set as code, and in a direction of its own, so that it cannot reorder what stands beside it. */
const code = (text, className) => el("bdi", { class: "code" + (className ? " " + className : "") }, text);

const numbers = new Intl.NumberFormat("en-US");
const number = (value) => numbers.format(value);
const counted = (value, noun, plural) => number(value) + " " + (value === 1 ? noun : plural || noun + "s");

/** Returns how many were found, and of how many if it is not all. */
const countedOf = (found, all, noun) => (found === all ? "" : number(found) + " of ") + counted(all, noun);

/** Returns a string as it is searched: without regard to letter case and accents. */
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Returns a test of folded strings: whether they have each word of a query. */
function matcher(query) {
  const words = fold(query).split(/\s+/).filter((word) => word !== "");
  return (text) => words.every((word) => text.includes(word));
}

const collator = new Intl.Collator("en", { numeric: true });

// targets: [scope, id, parent], the account first

const targetNames = data.targets.map(([scope, id], index) => (index === 0 ? "account" : data.scopes[scope] + "/" + id));
const targetByName = new Map([[data.scopes[0], 0], ...targetNames.map((name, index) => [name, index])]);

/** Returns a target and what it lies in, up to the account. */
function path(target) {
  const found = [];
  for (let at = target; at >= 0; at = data.targets[at][2]) {
    found.push(at);
  }
  return found;
}

/** For each target, how many lie at or below it. */
const subtreeSizes = (() => {
  const sizes = data.targets.map(() => 0);
  for (let target = 0; target < data.targets.length; target++) {
    for (const place of path(target)) {
      sizes[place]++;
    }
  }
  return sizes;
})();

// roles and permissions

const roles = data.roles;
const permissions = data.permissions;
roles.forEach((role, index) => {
  role.index = index;
  role.grants = new Set(role.granted);
  role.holds = new Set(role.rights);
  role.granting = new Set(role.before || []);
  role.text = fold(role.name + " " + role.id);
});
for (const permission of permissions) {
  permission.text = fold([permission.key, data.groups[permission.group], permission.title || ""].join(" "));
}

/** The pairs of role and target that a user holds, as [role, target]. */
function held(user) {
  const flat = data.held[user];
  const pairs = [];
  for (let i = 0; i < flat.length; i += 2) {
    pairs.push([flat[i], flat[i + 1]]);
  }
  return pairs;
}

/** Returns at how many known targets a user may do something. */
function reach(user) {
  const places = new Set(held(user).filter(([role]) => roles[role].grants.size > 0).map(([, target]) => target));
  return [...places]
    .filter((target) => !path(target).slice(1).some((above) => places.has(above)))
    .reduce((sum, target) => sum + subtreeSizes[target], 0);
}

/** Shows the first items of a list, and a button for more: at its end, or in an element of its own. Paper says how many it lacks. */
function showPaged(container, items, render, step, foot) {
  const more = el("button", { type: "button", class: "more", onclick: () => show(true) });
  const lacking = el("p", { class: "print-only muted" });
  const end = el(container.tagName === "UL" && !foot ? "li" : "div", { class: "end" }, more, lacking);
  let shown = 0;
  const show = (asked) => {
    const next = items.slice(shown, shown + step).map(render);
    end.remove();
    container.append(...next);
    shown += next.length;
    const left = items.length - shown;
    if (left > 0) {
      more.textContent = "Show " + number(Math.min(step, left)) + " more of " + number(left);
      lacking.textContent = "and " + number(left) + " more, which are not printed";
      (foot || container).append(end);
    }
    if (asked && next.length > 0) {
      // The button has moved or is gone; the first of what it brought is where one reads on.
      const first = next[0].querySelector("button, summary") || next[0];
      if (!first.matches("button, summary")) {
        first.tabIndex = -1;
      }
      first.focus();
    }
  };
  container.replaceChildren();
  if (foot) {
    foot.replaceChildren();
  }
  show(false);
}

/** Returns a table of items, page by page, and what stands below it. */
function pagedTable(columns, items, render, step, className) {
  const rows = el("tbody", {});
  const rest = el("div", {});
  showPaged(rows, items, render, step, rest);
  const heads = columns.map((name) => el("th", { scope: "col" }, name));
  return [el("table", { class: "plain" + (className ? " " + className : "") }, el("thead", {}, el("tr", {}, heads)), rows), rest];
}

/** Calls a function when one has typed or chosen something. */
const onInput = (input, action) => input.addEventListener(input.tagName === "SELECT" ? "change" : "input", action);

/** Calls a function once for many events between two frames. */
function eachFrame(action) {
  let asked = false;
  return () => {
    if (!asked) {
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        action();
      });
    }
  };
}

/** Returns a message with what stands in backticks set as code. */
const message = (text) => text.split("`").map((part, index) => (index % 2 === 1 ? code(part) : part));

const scopeTag = (scope) => el("span", { class: "tag" }, scope);

/** Returns the state of a role, as far as there is something to say. */
function roleTags(role) {
  return [
    role.state === "added" && el("span", { class: "tag gain" }, "+ new"),
    role.state === "removed" && el("span", { class: "tag loss" }, "\u2212 removed"),
    !role.active && role.state !== "removed" && el("span", { class: "tag" }, "discarded"),
    role.default && el("span", { class: "tag" }, "default"),
    role.system && el("span", { class: "tag" }, "system"),
  ];
}

/** Returns permissions by group: the name of the group, then its actions. */
function rightsLines(indexes, sign) {
  const byGroup = new Map();
  for (const index of [...indexes].sort((a, b) => a - b)) {
    const group = permissions[index].group;
    byGroup.set(group, (byGroup.get(group) || []).concat(index));
  }
  return el(
    "ul",
    { class: "rights" + (sign ? " " + sign : "") },
    [...byGroup].map(([group, members]) =>
      el(
        "li",
        {},
        sign && el("span", { class: "sign" }, sign === "gain" ? "+" : "\u2212"),
        el("span", { class: "group" }, el("bdi", {}, data.groups[group]), ": "),
        members.flatMap((member, i) => [
          i > 0 && ", ",
          el("bdi", { class: "action", title: permissions[member].key }, permissions[member].action),
        ]),
      ),
    ),
  );
}
