import { byId, element, setText } from "./dom.js";

/**
 * Keeps the rows of a table to a list that comes again every second. A row that stays is the same element, so that the
 * focus and a selection in it stay, too. Each column has `text(item)`, or `make(item)` once and `update(cell, item)` ever after.
 */
export function table(id, { key, columns }) {
  const place = byId(id);
  const body = place.tBodies[0];
  const empty = place.nextElementSibling;
  const rows = new Map();
  const columnClasses = [...place.tHead.rows[0].cells].map(({ className }) => className);

  const makeRow = (item) => {
    const cells = columns.map(({ make }, n) => {
      const cell = element(n === 0 ? "th" : "td", columnClasses[n]);
      if (n === 0) cell.scope = "row";
      if (make !== undefined) cell.append(make(item));
      return cell;
    });
    return element("tr", "", ...cells);
  };

  const fill = (row, item) => {
    columns.forEach(({ text, update }, n) => {
      if (text !== undefined) setText(row.cells[n], text(item));
      update?.(row.cells[n], item);
    });
  };

  return (items) => {
    const wanted = new Set(items.map(key));
    const focused = rowWithFocus(body);
    for (const [name, row] of rows) {
      if (wanted.has(name)) continue;
      row.remove();
      rows.delete(name);
    }
    items.forEach((item, n) => {
      const name = key(item);
      if (!rows.has(name)) rows.set(name, makeRow(item));
      const row = rows.get(name);
      fill(row, item);
      if (body.rows[n] !== row) body.insertBefore(row, body.rows[n] ?? null);
    });
    place.hidden = items.length === 0;
    empty.hidden = items.length > 0;
    if (focused !== undefined && !focused.row.isConnected) moveFocus(place, focused.index);
  };
}

function rowWithFocus(body) {
  const row = document.activeElement?.closest("tr");
  return row && body.contains(row) ? { row, index: row.sectionRowIndex } : undefined;
}

/** To where the row was that is gone: who walks through a list by keyboard must not be thrown back to the top. */
function moveFocus(place, index) {
  const rows = place.tBodies[0].rows;
  const next = rows[Math.min(index, rows.length - 1)]?.querySelector("button:last-of-type");
  (next ?? place.closest("section").querySelector("h2")).focus();
}
