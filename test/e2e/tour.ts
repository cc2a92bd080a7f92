/** Every page at an address of its own, in a house that is furnished: what tests visit and what is photographed. */
import type { Page } from 'playwright-core'
import type { House } from './house.ts'

export type Stop = {
  /** Also the name of its picture. */
  name: string
  /** Which route of `web/app.tsx` it is a case of. */
  route: string
  at: string
  /** What only the real content of this page says. */
  says: RegExp
}

export function tourOf(house: House): readonly Stop[] {
  return [...work(house), ...runPages(house), ...team()]
}

function work({ project, conversation, proposal, approval, audit, fork }: House): Stop[] {
  const inside = `/projects/${project}`
  return [
    { name: 'home', route: '/', at: '/', says: /Fix a bug/ },
    { name: 'proposal', route: '/', at: `/?proposal=${proposal}`, says: /Fix a bug|fix-bug/ },
    { name: 'runs', route: '/runs', at: '/runs', says: /Before the release/ },
    { name: 'spending', route: '/spending', at: '/spending', says: /\$\d/ },
    { name: 'projects', route: '/projects', at: '/projects', says: /Inventory[\s\S]*Shop|Shop[\s\S]*Inventory/ },
    { name: 'project', route: '/projects/$slug', at: inside, says: /Repository audit/ },
    { name: 'start', route: '/projects/$slug/start', at: `${inside}/start?workflow=fix-bug`, says: /Objective/ },
    { name: 'project-settings', route: '/projects/$slug/settings', at: `${inside}/settings`, says: /[Bb]udget/ },
    { name: 'talks', route: '/projects/$slug/talks', at: '/projects/shop/talks', says: /The morning after/ },
    {
      name: 'talk',
      route: '/projects/$slug/talks/$conversationId',
      at: `/projects/shop/talks/${conversation}`,
      says: /What is being done on the shop/,
    },
    { name: 'approvals', route: '/approvals', at: `/approvals?approval=${approval}`, says: /as the new branch/ },
    { name: 'question', route: '/approvals', at: '/approvals', says: /Go: Check out/ },
    { name: 'compare', route: '/compare', at: `/compare?left=${audit}&right=${fork}`, says: /more patience/ },
    { name: 'settings', route: '/settings', at: '/settings', says: /Keys/ },
    { name: 'design', route: '/design', at: '/design', says: /Succeeded/ },
  ]
}

function runPages({ audit, fix, fork, paused }: House): Stop[] {
  const of = (name: string, runId: string, search: string, says: RegExp): Stop => ({
    name: `run-${name}`,
    route: '/runs/$runId',
    at: `/runs/${runId}${search}`,
    says,
  })
  return [
    of('graph', fix, '', /Waiting/),
    of('task', audit, '?task=1', /env\.doctor/),
    of('tasks', audit, '?tab=tasks', /Report/),
    of('events', audit, '?tab=events&seq=4', /TaskPlanned|TaskReady|RunStarted/),
    of('artifacts', audit, '?tab=artifacts', /Findings|finding/i),
    of('changes', fix, '?tab=artifacts', /diff|hunk|\.js/i),
    of('agents', fix, '?tab=agents', /bug|test/i),
    of('timeline', audit, '?tab=timeline', /Check out/),
    of('stream', fix, '?tab=stream', /\w/),
    of('cost', fix, '?tab=cost', /\$2\.50/),
    of('earlier', audit, '?at=20', /Check out|20/),
    of('fork', audit, '?fork=12', /What happened up to there stays/),
    of('forked', fork, '', /more patience/),
    of('paused', paused, '', /Paused/),
  ]
}

function team(): Stop[] {
  return [
    { name: 'agents', route: '/agents', at: '/agents', says: /git\.checkout/ },
    { name: 'agent', route: '/agents', at: '/agents?agent=debugger', says: /[Tt]ools/ },
    { name: 'workflows', route: '/workflows', at: '/workflows', says: /Repository audit/ },
    { name: 'workflow', route: '/workflows/$name', at: '/workflows/fix-bug', says: /Reproduce/i },
    { name: 'workflow-check', route: '/workflows', at: '/workflows?check=true', says: /workflow/i },
    { name: 'workflow-step', route: '/workflows/$name', at: '/workflows/fix-bug?step=fix', says: /debugger/ },
    {
      name: 'workflow-variables',
      route: '/workflows/$name',
      at: '/workflows/fix-bug?tab=variables',
      says: /objective/,
    },
    { name: 'providers', route: '/providers', at: '/providers', says: /simulated/ },
    { name: 'quality', route: '/quality', at: '/quality', says: /\w/ },
    { name: 'quality-of-kind', route: '/quality', at: '/quality?kind=CodePatch', says: /CodePatch/ },
    { name: 'health', route: '/health', at: '/health', says: /Postgres/ },
  ]
}

/** Opens it by its address alone, and waits until it shows what it is about and waits for nothing more. */
export async function visit(page: Page, url: string, { at, says }: Stop): Promise<void> {
  await arrive(page, url + at)
  await page.locator('main').filter({ hasText: says }).waitFor()
}

/** Waits until the page has its title, and nothing is loading any more. */
export async function arrive(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await settled(page)
}

/** Pages on which no other begins: whoever comes from there finds nothing as somebody else left it. */
const elsewhere = ['/settings', '/design']

/** As a link leads to `at`, a path and a search, without loading everything anew: the page begins as for whoever comes to it. */
export async function walk(page: Page, at: string): Promise<void> {
  const between = elsewhere.find(path => !at.startsWith(path)) ?? ''
  if (new URL(page.url()).pathname !== between) await step(page, between)
  await step(page, at)
  await settled(page)
}

async function step(page: Page, at: string): Promise<void> {
  await page.evaluate(to => {
    document.querySelector('main h1')?.setAttribute('data-left', '')
    history.pushState({}, '', to)
  }, at)
  await page.waitForFunction(() => document.querySelector('main h1:not([data-left])') !== null)
}

async function settled(page: Page): Promise<void> {
  await page.locator('main').getByRole('heading', { level: 1 }).first().waitFor()
  await page.waitForFunction(
    () => document.querySelector('[aria-label="Loading"], main [aria-busy="true"]:not(button)') === null,
  )
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
}
