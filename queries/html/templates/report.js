"use strict";
// Sorts tables by a click on their heads and narrows the list of papers. Without it everything is shown in its first order.

function sortable(table) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sortBy(table, heads, column));
  });
}

function sortBy(table, heads, column) {
  const head = heads[column];
  const first = head.dataset.first || "ascending";
  const other = first === "ascending" ? "descending" : "ascending";
  const order = head.getAttribute("aria-sort") === first ? other : first;
  heads.forEach((one) => one.removeAttribute("aria-sort"));
  head.setAttribute("aria-sort", order);
  const sign = order === "ascending" ? 1 : -1;
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => [row, valueOf(row.cells[column])]);
  rows.sort(([, a], [, b]) => sign * compare(a, b));
  body.append(...rows.map(([row]) => row));
}

function valueOf(cell) {
  return cell.dataset.value === undefined ? cell.textContent.trim() : Number(cell.dataset.value);
}

function compare(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), undefined, { numeric: true });
}

function narrowing(part) {
  const rows = [...document.querySelectorAll("tr[data-paper]")];
  const told = part.querySelector("[role=status]");
  const narrow = () => {
    const words = part.querySelector("[type=search]").value.trim().toLowerCase();
    const check = part.querySelector("select").value;
    const state = part.querySelector("[name=state]:checked").value;
    let shown = 0;
    for (const row of rows) {
      const fits = (state === "every" || row.dataset.state === state)
        && (!check || row.dataset.checks.split(" ").includes(check))
        && row.textContent.toLowerCase().includes(words);
      row.hidden = !fits;
      document.getElementById(row.dataset.paper).hidden = !fits;
      shown += fits;
    }
    told.textContent = `${shown} of ${rows.length} papers shown`;
  };
  part.querySelectorAll("[hidden]").forEach((hidden) => { hidden.hidden = false; });
  part.addEventListener("input", narrow);
}

function reveal() {
  const aim = location.hash && document.getElementById(location.hash.slice(1));
  if (!aim) return;
  for (let place = aim; place; place = place.parentElement) if (place.tagName === "DETAILS") place.open = true;
  aim.scrollIntoView();
}

document.querySelectorAll("table.sortable").forEach(sortable);
document.querySelectorAll(".narrow").forEach(narrowing);
window.addEventListener("hashchange", reveal);
reveal();
