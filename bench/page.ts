/**
 * The run page under load: a real browser, the product's own server, its WebSocket and Postgres, 100,000 events loaded and
 * 1,000 a second arriving. A frame rate can be perfect over a blank list, so what is painted is looked at too. Everything
 * runs on one machine, the browser draws without a graphics card, and what else goes on here counts against it: the load
 * is printed with the figures.
 */
import { loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { inCheckout } from '../setup/checkout.mjs'
import { buildWeb } from '../setup/web.mjs'
import { launchBrowser } from '../test/browser.ts'
import { fill, flow, startPageRun } from '../test/page-run.ts'
import { type Product, startProduct } from './delivery-product.ts'
import { median, percentile, withServices } from './harness.ts'
import { pressKeys } from './page-keys.ts'

const loaded = 100_000
/** Events of a run at rest through which somebody drags. */
const dragged = 40_000
const perSecond = 1_000
const windowMs = 5_000
/** `computedMs`: of each second, in the main thread of the page; it hardly changes with what else the machine does. */
const bounds = { fps: 57, p99Ms: 50, computedMs: 400, interactionMs: 100, stepMs: 50 }

/** In the page: the length of each frame, and in how many of those that were looked at a row was really painted. */
const watchFrames = (ms: number, row: string) => `new Promise(resolve => {
  const frames = []
  let [before, looked, seen] = [performance.now(), 0, 0]
  const end = before + ${ms}
  const painted = element => {
    const { left, top, width, height } = element.getBoundingClientRect()
    return element.contains(document.elementFromPoint(left + width / 2, top + height / 2))
  }
  requestAnimationFrame(function frame(now) {
    frames.push(now - before)
    before = now
    if (frames.length % 10 === 0) {
      looked += 1
      if ([...document.querySelectorAll(${JSON.stringify(row)})].slice(-30).some(painted)) seen += 1
    }
    now < end ? requestAnimationFrame(frame) : resolve({ frames: frames.slice(1), looked, seen })
  })
})`

type Frames = { frames: number[]; looked: number; seen: number }
type View = { name: string; tab: string; row: string }

const views: readonly View[] = [
  { name: 'events, followed', tab: 'events', row: '[role=option]' },
  { name: 'graph of 300 tasks', tab: 'graph', row: '[data-task]' },
  { name: 'timeline', tab: 'timeline', row: '[aria-label="Tasks over time"] li' },
  { name: 'agents', tab: 'agents', row: '[aria-label="Agents of the run"] li' },
]

/** Until the page has all events that there were before. */
async function loadedWhole(page: Page, events = loaded): Promise<void> {
  await page.waitForFunction(
    least => Number(document.querySelector('nav [href*="tab=events"] span')?.textContent?.replaceAll(',', '')) > least,
    events - 1,
    { timeout: 60_000 },
  )
}

/** Three times the frames of one view, after it has come to rest. */
async function measureView(page: Page, url: string, { name, tab, row }: View): Promise<boolean> {
  await page.goto(`${url}?tab=${tab}`)
  await loadedWhole(page)
  await page.waitForSelector(row)
  await sleep(1_500)
  const rounds: Frames[] = []
  const { threadSeconds } = await metersOf(page)
  const computed = await threadSeconds()
  for (let round = 0; round < 3; round++) rounds.push(await page.evaluate<Frames>(watchFrames(windowMs, row)))
  const fps = median(rounds.map(({ frames }) => (frames.length * 1_000) / frames.reduce((sum, ms) => sum + ms, 0)))
  const p99 = median(rounds.map(({ frames }) => percentile(frames, 0.99)))
  const busy = ((await threadSeconds()) - computed) / (rounds.length * (windowMs / 1_000))
  const blank = rounds.reduce((sum, { looked, seen }) => sum + looked - seen, 0)
  const reached = fps >= bounds.fps && p99 <= bounds.p99Ms && blank === 0 && busy * 1_000 <= bounds.computedMs
  say(
    reached,
    [
      `${name}: ${fps.toFixed(1)} fps (at least ${bounds.fps})`,
      `p99 frame ${p99.toFixed(0)} ms (at most ${bounds.p99Ms})`,
      `blank in ${blank} of ${rounds.reduce((sum, one) => sum + one.looked, 0)} looks`,
      `${Math.round(busy * 1_000)} ms of each second computed (at most ${bounds.computedMs})`,
    ].join(', '),
  )
  return reached
}

/** Seconds that the page has computed in its main thread: whatever else the machine does, these are its own. */
async function metersOf(page: Page): Promise<{ threadSeconds(): Promise<number> }> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable')
  return {
    async threadSeconds() {
      const { metrics } = await devtools.send('Performance.getMetrics')
      return metrics.find(metric => metric.name === 'ThreadTime')?.value ?? Number.NaN
    },
  }
}

/** In the page: how long each of 60 steps back through the run takes, a hundredth of it each, until it is painted. */
const stepBack = `(async () => {
  const slider = document.querySelector('[role=slider]')
  const steps = []
  for (let step = 0; step < 60; step++) {
    const began = performance.now()
    slider.dispatchEvent(new KeyboardEvent('keydown', { key: 'PageDown', bubbles: true }))
    await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)))
    steps.push(performance.now() - began)
  }
  return steps
})()`

/** Back through so many events. */
async function measureSteps(page: Page, url: string, events: number): Promise<void> {
  for (const { name, tab, row } of views) {
    await page.goto(`${url}?tab=${tab}`)
    await loadedWhole(page, events)
    await page.waitForSelector(row)
    const steps = await page.evaluate<number[]>(stepBack)
    const [middle, p95] = [median(steps), percentile(steps, 0.95)]
    say(
      p95 <= bounds.stepMs,
      `a step back through ${events.toLocaleString('en')} events, ${name}: p95 ${p95.toFixed(0)} ms (at most ${bounds.stepMs}), median ${middle.toFixed(0)} ms`,
    )
  }
}

/** Keys are pressed while events arrive. */
async function measureInteraction(page: Page, url: string): Promise<void> {
  await page.goto(`${url}?tab=events`)
  await loadedWhole(page)
  await page.waitForSelector('[role=option]')
  const keys = await pressKeys(page)
  const all = keys.map(({ ms }) => ms)
  const p98 = percentile(all, 0.98)
  const shown = keys.flatMap(({ viewMs }) => viewMs ?? [])
  const slowest = [...keys].sort((a, b) => b.ms - a.ms).slice(0, 3)
  say(
    p98 <= bounds.interactionMs,
    [
      `keys to the next paint: p98 ${p98.toFixed(0)} ms of ${all.length} (at most ${bounds.interactionMs})`,
      `median ${median(all).toFixed(0)} ms`,
      `slowest ${slowest.map(({ key, ms }) => `${key} ${ms.toFixed(0)}`).join(', ')}`,
      `until the view is painted that was asked for: median ${median(shown).toFixed(0)} ms, slowest ${Math.max(...shown).toFixed(0)} ms`,
    ].join(', '),
  )
}

function say(reached: boolean, text: string): void {
  console.log(`${reached ? 'ok  ' : 'MISS'} ${text}`)
  if (!reached) process.exitCode = 1
}

async function measure(product: Product, browser: Browser): Promise<void> {
  const run = await startPageRun(product, product.store)
  const origin = `http://127.0.0.1:${product.port}`
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  await context.addCookies([{ name: 'orrery_session', value: await product.session(), url: origin }])
  const page = await context.newPage()
  const url = `${origin}/runs/${run.id}`
  await fill(run, dragged)
  await measureSteps(page, url, dragged)
  await fill(run, loaded)
  const flowing = flow(run, perSecond)
  for (const view of views) await measureView(page, url, view)
  await measureSteps(page, url, loaded)
  await measureInteraction(page, url)
  const rate = await flowing.stop()
  console.log(
    `     ${Math.round(rate)} events a second were recorded meanwhile; load of the machine ${loadavg()[0]?.toFixed(1)} on two cores`,
  )
  await run.close()
}

await buildWeb(console.log)
await withServices(async bench => {
  const product = await startProduct({ ...bench, clientDirectory: inCheckout('web', 'dist') })
  const browser = await launchBrowser()
  try {
    await measure(product, browser)
  } finally {
    await browser.close()
    await product.stop()
  }
})
