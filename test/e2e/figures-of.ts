/** The figures that a page displays, read off it as people do, and held against a number counted elsewhere. */
import type { Page } from 'playwright-core'

/** Of the page's definition lists: what stands under a name. Throws Error where nothing does. */
export async function statOf(page: Page, name: string): Promise<string> {
  const stat = page.locator('main dl > div').filter({ has: page.locator('dt').getByText(name, { exact: true }) })
  return (await stat.first().locator('dd').first().innerText()).trim()
}

export type Sheet = ReadonlyMap<string, ReadonlyMap<string, string>>

/** A table by its name: rows by what begins them, cells by what stands over them. */
export async function sheetOf(page: Page, name: string): Promise<Sheet> {
  const region = page.getByRole('region', { name, exact: true }).first()
  await region.locator('tbody tr').first().waitFor()
  const rows = await region.locator('table').evaluate(table => {
    const heads = [...table.querySelectorAll('thead th')].map(head => (head.textContent ?? '').trim())
    return [...table.querySelectorAll('tbody tr')].map(row => {
      const [first, ...cells] = [...row.children].map(cell => (cell as HTMLElement).innerText.trim())
      return { first: first ?? '', cells: cells.map((cell, index): [string, string] => [heads[index + 1] ?? '', cell]) }
    })
  })
  return new Map(rows.map(({ first, cells }) => [first, new Map(cells)]))
}

/**
 * What a displayed figure says, and how finely: `$0.00812` is 0.00812 in steps of 0.00001, `68.8K` is 68,800 in steps of
 * 100, `3:07` is 187 in steps of 1. Throws Error where there is no figure in it.
 */
export function readFigure(text: string): { value: number; step: number } {
  const [, hours = '', minutes, seconds] = /(?:(\d+):)?(\d+):(\d\d)/.exec(text) ?? []
  if (minutes !== undefined) return { value: Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds), step: 1 }
  const [, whole, part = '', unit = ''] = /(\d[\d,]*)(?:\.(\d+))?\s*([KM]?)/.exec(text) ?? []
  if (whole === undefined) throw new Error(`there is no figure in ${JSON.stringify(text)}`)
  const factor = { K: 1_000, M: 1_000_000 }[unit] ?? 1
  return {
    value: Number(`${whole.replaceAll(',', '')}.${part}`) * factor,
    step: factor / 10 ** part.length,
  }
}

/** Whether the figure says that much, as finely as it says anything. */
export function says(text: string, truth: number): boolean {
  const { value, step } = readFigure(text)
  return Math.abs(value - truth) <= step / 2 + 1e-9
}
