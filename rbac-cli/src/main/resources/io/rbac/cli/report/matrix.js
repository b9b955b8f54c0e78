"use strict";

/* Roles by permissions. A group whose rows are not shown has none in the page, so that a large matrix opens at once. */

const matrix = (() => {
  /** As many cells are shown without being asked for; of the groups beyond, only the heads. */
  const MANY_CELLS = 12000;
  /** How many roles stand side by side; there are buttons for those before and after. */
  const SHOWN_ROLES = 50;
  /** How many roles stand side by side on paper. */
  const PRINTED_ROLES = 24;
  /** Up to how many roles the columns are wide. */
  const ROOMY_ROLES = 14;

  const NOT_IN_SCOPE = { text: "", style: "out", says: "not for roles of this scope" };
  const GRANTED = { text: "\u2713", style: "yes", says: "granted" };
  const HELD_ONLY = { text: "\u25CB", style: "idle", says: "in its rights, but not granted" };
  const NOT_GRANTED = { text: "\u00B7", style: "no", says: "not granted" };
  const GAINED = { text: "+", style: "gain", says: "granted now, and not before" };
  const LOST = { text: "\u2212", style: "loss", says: "granted before, and not any more" };

  const inputs = {
    permission: byId("matrix-permission"),
    role: byId("matrix-role"),
    scope: byId("matrix-scope"),
    roleOrder: byId("matrix-role-order"),
    permissionOrder: byId("matrix-permission-order"),
    changes: byId("matrix-changes"),
  };
  const scroller = byId("matrix-scroller");
  const readout = byId("matrix-readout");
  const roleScopes = [...new Set([...data.scopes, ...roles.map((role) => role.scope)])];
  /** The groups that are closed: as the reader left them, and during a search. */
  const closed = { always: new Set(), searching: new Set() };
  let table = null;
  let firstRole = 0;

  const grantingRoles = permissions.map((permission, index) => roles.filter((role) => role.grants.has(index)).length);

  function isChanged(role, permission) {
    return Boolean(data.old) && role.grants.has(permission) !== role.granting.has(permission);
  }

  function state(role, index) {
    if (isChanged(role, index)) {
      return role.grants.has(index) ? GAINED : LOST;
    }
    if (role.grants.has(index)) {
      return GRANTED;
    }
    if (role.holds.has(index)) {
      return HELD_ONLY;
    }
    return permissions[index].scopes.includes(role.scope) ? NOT_GRANTED : NOT_IN_SCOPE;
  }

  // what is shown

  function shownRoles() {
    const matches = matcher(inputs.role.value);
    const scope = inputs.scope.value;
    const orders = {
      listed: () => 0,
      name: (a, b) => collator.compare(a.name, b.name),
      rights: (a, b) => b.granted.length - a.granted.length,
      users: (a, b) => b.users - a.users,
    };
    return roles
      .filter((role) => (scope === "" || role.scope === scope) && matches(role.text))
      .filter((role) => !inputs.changes.checked || permissions.some((each, index) => isChanged(role, index)))
      .sort((a, b) => roleScopes.indexOf(a.scope) - roleScopes.indexOf(b.scope) || orders[inputs.roleOrder.value](a, b));
  }

  function shownGroups(shown) {
    const matches = matcher(inputs.permission.value);
    const scope = inputs.scope.value;
    const orders = {
      listed: () => 0,
      key: (a, b) => collator.compare(permissions[a].key, permissions[b].key),
      most: (a, b) => grantingRoles[b] - grantingRoles[a],
      fewest: (a, b) => grantingRoles[a] - grantingRoles[b],
    };
    const groups = data.groups.map((name, index) => ({ name, index, members: [] }));
    permissions.forEach((permission, index) => {
      if (
        matches(permission.text) &&
        (scope === "" || permission.scopes.includes(scope)) &&
        (!inputs.changes.checked || shown.some((role) => isChanged(role, index)))
      ) {
        groups[permission.group].members.push(index);
      }
    });
    const order = orders[inputs.permissionOrder.value];
    const kept = groups.filter((group) => group.members.length > 0);
    kept.forEach((group) => group.members.sort(order));
    if (inputs.permissionOrder.value === "key") {
      kept.sort((a, b) => collator.compare(a.name, b.name));
    } else {
      kept.sort((a, b) => order(a.members[0], b.members[0]));
    }
    return kept;
  }

  const closedNow = () => (inputs.permission.value.trim() !== "" || inputs.changes.checked ? closed.searching : closed.always);

  /** Opens the first groups of a search, as far as there is room. */
  function openFirst(groups, columns) {
    let cells = 0;
    closed.searching.clear();
    for (const group of groups) {
      cells += group.members.length * columns;
      if (cells > MANY_CELLS) {
        closed.searching.add(group.index);
      }
    }
  }

  // the table

  /** Returns whether another scope begins at one of the roles that are shown. */
  const isEdge = (shown, i) => i > 0 && shown[i - 1].scope !== shown[i].scope;

  function head(shown) {
    const spans = [];
    shown.forEach((role, i) => {
      if (i === 0 || isEdge(shown, i)) {
        spans.push({ scope: role.scope, count: 0 });
      }
      spans[spans.length - 1].count++;
    });
    return el(
      "thead",
      {},
      el(
        "tr",
        { class: "scopes" },
        el("th", { scope: "col", class: "corner" }, "Scope"),
        spans.map((span, i) => el("th", { scope: "colgroup", colspan: span.count, class: i > 0 ? "edge" : "" }, el("span", {}, span.scope))),
      ),
      el(
        "tr",
        { class: "roles" },
        el("th", { scope: "col", class: "corner" }, "Permission"),
        shown.map((role, i) =>
          el(
            "th",
            {
              scope: "col",
              "data-role": role.index,
              "aria-label": [role.name, role.state, !role.active && role.state !== "removed" && "discarded"].filter((word) => word).join(", "),
              class: [isEdge(shown, i) ? "edge" : "", role.active ? "" : "gone", role.state || ""].join(" "),
            },
            el(
              "span",
              { class: "upright" },
              role.state === "added" ? "+ " : role.state === "removed" ? "\u2212 " : null,
              el("bdi", {}, role.name),
            ),
          ),
        ),
      ),
      el(
        "tr",
        { class: "holders" },
        el("th", { scope: "row", class: "corner" }, "Users"),
        shown.map((role, i) =>
          el(
            "td",
            { "data-role": role.index, class: isEdge(shown, i) ? "edge" : "", "aria-label": counted(role.users, "user") },
            role.users === 0 ? "\u2013" : number(role.users),
          ),
        ),
      ),
    );
  }

  function groupRow(group, shown, isOpen) {
    const row = el(
      "tr",
      { class: "group" },
      el(
        "th",
        { scope: "row" },
        el(
          "button",
          { type: "button", class: "toggle", "aria-expanded": String(isOpen), "data-group": group.index, tabindex: "-1" },
          el("span", { class: "chevron", "aria-hidden": "true" }),
          el("bdi", {}, group.name),
          el("span", { class: "muted" }, String(group.members.length)),
        ),
      ),
    );
    shown.forEach((role, i) => {
      const granted = group.members.filter((member) => role.grants.has(member)).length;
      const changes = group.members.filter((member) => isChanged(role, member)).length;
      const level = granted === 0 ? 0 : Math.max(1, Math.floor((4 * granted) / group.members.length));
      const cell = document.createElement("td");
      cell.className = "share l" + level + (isEdge(shown, i) ? " edge" : "") + (changes > 0 ? " touched" : "");
      cell.textContent = (granted === 0 ? "" : String(granted)) + (changes > 0 ? "\u00B1" : "");
      cell.ariaLabel = granted + " of " + group.members.length + " granted" + (changes > 0 ? ", " + changes + " changed" : "");
      row.append(cell);
    });
    return row;
  }

  function permissionRow(index, shown) {
    const permission = permissions[index];
    const row = el(
      "tr",
      { "data-permission": index },
      el(
        "th",
        { scope: "row" },
        permission.state === "added" ? el("span", { class: "sign gain" }, "+ ") : null,
        permission.state === "removed" ? el("span", { class: "sign loss" }, "\u2212 ") : null,
        code(withBreaks(permission.key)),
        permission.title && el("bdi", { class: "muted title" }, permission.title),
      ),
    );
    shown.forEach((role, i) => {
      const is = state(role, index);
      const cell = document.createElement("td");
      cell.className = is.style + (isEdge(shown, i) ? " edge" : "");
      cell.textContent = is.text;
      cell.ariaLabel = is.says;
      row.append(cell);
    });
    return row;
  }

  function body(group, shown) {
    const isOpen = !closedNow().has(group.index);
    const rows = isOpen ? group.members.map((member) => permissionRow(member, shown)) : [];
    return el("tbody", {}, groupRow(group, shown, isOpen), rows);
  }

  function build(shown, groups) {
    return el(
      "table",
      { class: "matrix" + (shown.length <= ROOMY_ROLES ? " roomy" : "") },
      el("caption", { class: "hidden" }, "Roles in columns, permissions in rows"),
      head(shown),
      groups.map((group) => body(group, shown)),
    );
  }

  function showPages(found) {
    const isPaged = found.length > SHOWN_ROLES;
    byId("matrix-pages").hidden = !isPaged;
    if (isPaged) {
      byId("matrix-page").textContent =
        "Roles " + (firstRole + 1) + "\u2013" + Math.min(firstRole + SHOWN_ROLES, found.length) + " of " + number(found.length);
      byId("matrix-before").disabled = firstRole === 0;
      byId("matrix-after").disabled = firstRole + SHOWN_ROLES >= found.length;
    }
  }

  function turn(by) {
    firstRole += by;
    show();
    scroller.scrollLeft = 0;
    // A button that has nothing more to bring cannot keep the focus.
    if (byId("matrix-before").disabled) {
      byId("matrix-after").focus();
    } else if (byId("matrix-after").disabled) {
      byId("matrix-before").focus();
    }
  }

  function show(found = shownRoles(), groups = shownGroups(found)) {
    const shown = found.slice(firstRole, firstRole + SHOWN_ROLES);
    const count = groups.reduce((sum, group) => sum + group.members.length, 0);
    showPages(found);
    byId("matrix-status").textContent =
      counted(found.length, "role") + " and " + counted(count, "permission") +
      (found.length < roles.length || count < permissions.length
        ? " of " + number(roles.length) + " and " + number(permissions.length)
        : "");
    readout.replaceChildren(el("span", { class: "muted" }, "Point at a cell, or walk to it with the arrow keys, to read what it says"));
    if (shown.length === 0 || count === 0) {
      table = null;
      scroller.replaceChildren(el("p", { class: "empty" }, roles.length === 0 ? "There are no roles." : "Nothing matches."));
      return;
    }
    table = build(shown, groups);
    table.setAttribute("role", "grid");
    table.setAttribute("aria-label", "Roles by permissions");
    table.setAttribute("aria-readonly", "true");
    table.shownRoles = shown;
    table.shownGroups = groups;
    scroller.replaceChildren(table);
    setStop(table.rows[1].cells[1]);
    keepClearOfHeads();
  }

  /** Keeps the cell that the arrow keys reach from being hidden by the heads that stay in place. */
  function keepClearOfHeads() {
    if (table !== null && table.tHead.offsetHeight > 0) {
      const tall = table.tHead.offsetHeight;
      const [scopes, names] = table.tHead.rows;
      scroller.style.setProperty("--row-head", table.rows[1].cells[0].offsetWidth + "px");
      scroller.style.setProperty("--names-top", scopes.offsetHeight + "px");
      scroller.style.setProperty("--holders-top", scopes.offsetHeight + names.offsetHeight + "px");
      scroller.style.scrollPadding = tall + "px 0 0 " + table.rows[1].cells[0].offsetWidth + "px";
    }
  }

  // keyboard: one stop for the tab key, arrow keys within

  const focusable = (cell) => cell.querySelector("button") || cell;

  function setStop(cell) {
    const old = table.querySelector("[tabindex='0']");
    if (old !== null) {
      old.tabIndex = -1;
    }
    focusable(cell).tabIndex = 0;
  }

  function moveFrom(cell, key, toEnd) {
    const row = cell.parentElement.rowIndex;
    const column = cell.cellIndex;
    // The scopes' row spans columns and says what the readout says, too.
    const lastRow = table.rows.length - 1;
    const lastColumn = table.rows[1].cells.length - 1;
    const goals = {
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      Home: [toEnd ? 1 : row, 0],
      End: [toEnd ? lastRow : row, lastColumn],
      PageUp: [row - 10, column],
      PageDown: [row + 10, column],
    };
    if (!(key in goals)) {
      return false;
    }
    const [toRow, toColumn] = goals[key];
    const goal = table.rows[Math.min(Math.max(toRow, 1), lastRow)].cells[Math.min(Math.max(toColumn, 0), lastColumn)];
    setStop(goal);
    focusable(goal).focus();
    return true;
  }

  scroller.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td, th");
    if (cell !== null && !event.altKey && !event.metaKey && moveFrom(cell, event.key, event.ctrlKey)) {
      event.preventDefault();
    }
  });

  scroller.addEventListener("click", (event) => {
    const toggle = event.target.closest("button.toggle");
    if (toggle !== null) {
      const group = Number(toggle.dataset.group);
      if (!closedNow().delete(group)) {
        closedNow().add(group);
      }
      const fresh = body(table.shownGroups.find((each) => each.index === group), table.shownRoles);
      toggle.closest("tbody").replaceWith(fresh);
      const again = fresh.querySelector("button.toggle");
      setStop(again.closest("th"));
      again.focus();
    }
  });

  function setAllClosed(isClosed) {
    closedNow().clear();
    if (isClosed) {
      data.groups.forEach((name, group) => closedNow().add(group));
    }
    const { scrollLeft, scrollTop } = scroller;
    show();
    scroller.scrollTo(scrollLeft, scrollTop);
  }

  // the line that says what one points at

  function describe(cell) {
    const role = table.shownRoles[cell.cellIndex - 1];
    if (role === undefined || cell.parentElement.rowIndex === 0) {
      return null;
    }
    const row = cell.parentElement;
    const who = [el("b", {}, el("bdi", {}, role.name)), " ", code(role.id), " "];
    if (row.dataset.permission !== undefined) {
      const index = Number(row.dataset.permission);
      return [...who, code(permissions[index].key), ": " + state(role, index).says];
    }
    const toggle = row.querySelector("button.toggle");
    if (toggle !== null) {
      const name = data.groups[Number(toggle.dataset.group)];
      return [...who, el("bdi", {}, name), ": " + cell.ariaLabel];
    }
    return [
      ...who,
      role.scope + ", " + counted(role.granted.length, "permission") + ", " + counted(role.users, "user") + " ",
      ...roleTags(role),
      role.description && el("bdi", { class: "muted" }, " " + role.description),
    ];
  }

  function point(event) {
    const cell = event.target.closest("td, th");
    const text = cell === null || table === null ? null : describe(cell);
    if (text !== null) {
      readout.replaceChildren(...text.filter((part) => part));
    }
  }

  scroller.addEventListener("pointerover", point);
  scroller.addEventListener("focusin", point);

  // on paper: all that is shown, so many roles side by side as fit

  addEventListener("beforeprint", () => {
    const shown = shownRoles();
    const groups = shownGroups(shown);
    const printed = byId("matrix-print");
    printed.replaceChildren();
    for (let from = 0; from < shown.length; from += PRINTED_ROLES) {
      printed.append(build(shown.slice(from, from + PRINTED_ROLES), groups));
    }
  });
  addEventListener("afterprint", () => byId("matrix-print").replaceChildren());

  function legend() {
    const shownStates = [GRANTED, NOT_GRANTED, NOT_IN_SCOPE];
    if (roles.some((role) => role.rights.some((index) => !role.grants.has(index)))) {
      shownStates.push(HELD_ONLY);
    }
    if (data.old) {
      shownStates.push(GAINED, LOST);
    }
    byId("matrix-legend").append(
      ...shownStates.map((each) => el("li", {}, el("span", { class: "swatch " + each.style, "aria-hidden": "true" }, each.text), each.says)),
      el("li", {}, el("span", { class: "swatch share l3", "aria-hidden": "true" }, "3"), "how many of a group" + (data.old ? "; \u00B1 with changes" : "")),
      el("li", { class: "keys" }, "Enter opens or closes a group"),
    );
  }

  function start() {
    roleScopes.forEach((scope) => inputs.scope.append(el("option", { value: scope }, scope)));
    byId("matrix-changes-label").hidden = !data.old;
    if (roles.length * permissions.length > MANY_CELLS) {
      data.groups.forEach((name, group) => closed.always.add(group));
    }
    const later = eachFrame(() => {
      const found = shownRoles();
      const groups = shownGroups(found);
      firstRole = 0;
      openFirst(groups, Math.min(found.length, SHOWN_ROLES));
      show(found, groups);
    });
    byId("matrix-before").addEventListener("click", () => turn(-SHOWN_ROLES));
    byId("matrix-after").addEventListener("click", () => turn(SHOWN_ROLES));
    Object.values(inputs).forEach((input) => onInput(input, later));
    byId("matrix-expand").addEventListener("click", () => setAllClosed(false));
    byId("matrix-collapse").addEventListener("click", () => setAllClosed(true));
    addEventListener("resize", eachFrame(keepClearOfHeads));
    legend();
    show();
  }

  return { start, opened: keepClearOfHeads };
})();
