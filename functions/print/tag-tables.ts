import { type PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib';
import { headersOf, scopeOf, spanOf } from './tag-attributes.ts';
import { kidsOf, setKids, type Tag, tagsOf, typeOf } from './tag-tree.ts';

/**
 * Gives the rows of tables back the empty cells that Chromium leaves out, so that every row has as many columns as its
 * table. Where a cell was is told by the column heads that the cells after it name.
 */
export function completeTables(document: PDFDocument): void {
  const tags = tagsOf(document);
  for (const table of tags.filter(({ element }) => typeOf(element) === 'Table')) {
    const rows = tags
      .filter(({ element, parent }) => typeOf(element) === 'TR' && tableOf(parent) === table)
      .map((row) => ({ row, cells: cellsOf(row, tags) }));
    // A cell that reaches into the rows below stands in none of them.
    if (rows.some(({ cells }) => cells.some((cell) => spanOf(cell.element, 'RowSpan') > 1))) continue;
    const columns = Math.max(0, ...rows.map(({ cells }) => widthOf(cells)));
    const heads = columnsOfHeads(rows.map(({ cells }) => cells));
    for (const { row, cells } of rows)
      if (cells.length > 0 && widthOf(cells) < columns) fillRow(row, cells, columns, heads);
  }
}

function tableOf(tag: Tag | undefined): Tag | undefined {
  return tag && /^T(Head|Body|Foot)$/.test(typeOf(tag.element)) ? tag.parent : tag;
}

function cellsOf(row: Tag, tags: readonly Tag[]): Tag[] {
  return tags.filter(({ element, parent }) => parent === row && /^T[HD]$/.test(typeOf(element)));
}

function widthOf(cells: readonly Tag[]): number {
  return cells.reduce((sum, { element }) => sum + spanOf(element, 'ColSpan'), 0);
}

/** The column, from 0, of every cell that others name as the head of theirs. */
function columnsOfHeads(rows: readonly (readonly Tag[])[]): Map<string, number> {
  const heads = new Map<string, number>();
  for (const cells of rows) {
    let column = 0;
    for (const { element } of cells) {
      const id = element.lookup(PDFName.of('ID'));
      if (id instanceof PDFString && scopeOf(element) === 'Column') heads.set(id.asString(), column);
      column += spanOf(element, 'ColSpan');
    }
  }
  return heads;
}

function fillRow(row: Tag, cells: readonly Tag[], columns: number, heads: ReadonlyMap<string, number>): void {
  const { context } = row.element;
  const empty = () => context.register(context.obj({ Type: 'StructElem', S: 'TD', P: row.ref }));
  const missing = columns - widthOf(cells);
  const before = new Map<Tag, number>();
  let column = 0;
  let placed = 0;
  for (const cell of cells) {
    const own = headersOf(cell.element).flatMap((id) => heads.get(id) ?? []);
    const gap = own.length > 0 ? Math.min(...own) - column : 0;
    const lost = Math.max(0, Math.min(missing - placed, gap));
    before.set(cell, lost);
    placed += lost;
    column += lost + spanOf(cell.element, 'ColSpan');
  }
  const kids = kidsOf(row.element).flatMap((kid) => {
    const cell = cells.find(({ ref }) => ref === kid);
    return [...Array.from({ length: (cell && before.get(cell)) ?? 0 }, empty), kid];
  });
  setKids(row.element, [...kids, ...Array.from({ length: missing - placed }, empty)]);
}
