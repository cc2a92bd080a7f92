/** Keys on the page of a run, and how long each takes to the next paint. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'

/** `viewMs`: of a key that leads to a view, until that view is painted. */
export type PressedKey = { key: string; ms: number; viewMs?: number }

/** Through events and moments, through tasks, and from view to view. */
const keys = ['k', 'k', 'j', '.', ',', ',', 'l', '2', 'j', 'j', '5', '6', '+', '-', '1', '3']
const rounds = 3
const apartMs = 150

/** What is there when a view is. */
const views = {
  1: '[data-task]',
  2: '[aria-label="300 tasks"] li',
  3: '[role=listbox]',
  5: '[aria-label="Agents of the run"] li',
  6: '[aria-label="Tasks over time"] li',
}

/** In the page: notes each key, and what the browser itself measures of it. What takes less than 16 ms is not told. */
const watchKeys = `(() => {
  const keys = []
  globalThis.keys = keys
  const views = ${JSON.stringify(views)}
  document.addEventListener('keydown', event => {
    const one = { key: event.key, at: event.timeStamp, ms: 16 }
    keys.push(one)
    const row = views[event.key]
    if (row === undefined) return
    requestAnimationFrame(function look() {
      // A view that the next key led away from took at least as long as that.
      if (document.querySelector(row) === null && keys.at(-1) === one) return requestAnimationFrame(look)
      setTimeout(() => Object.assign(one, { viewMs: performance.now() - one.at }))
    })
  }, true)
  new PerformanceObserver(list => {
    for (const { name, startTime, duration } of list.getEntries()) {
      const pressed = name === 'keydown' ? keys.find(one => Math.abs(one.at - startTime) < 2) : undefined
      if (pressed !== undefined) pressed.ms = duration
    }
  }).observe({ type: 'event', durationThreshold: 16 })
})()`

/** In the order in which they were pressed. */
export async function pressKeys(page: Page): Promise<PressedKey[]> {
  await page.evaluate(watchKeys)
  for (let round = 0; round < rounds; round++) {
    for (const key of keys) {
      await page.keyboard.press(key)
      await sleep(apartMs)
    }
  }
  // The last of them is told a frame later.
  await sleep(1_000)
  return page.evaluate(() => (globalThis as unknown as { keys: PressedKey[] }).keys)
}
