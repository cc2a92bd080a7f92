/** The playground as people use it: a real browser, the tabs that wait there, and a subscription. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../../test/browser.ts'
import { type TestApp, testApp } from '../testing.ts'

let on: TestApp
let browser: Browser
let page: Page
/** Every address that the page asked for. */
const asked: string[] = []
beforeAll(async () => {
  ;[on, browser] = await Promise.all([testApp(), launchBrowser()])
  const { url } = await on.listen()
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  page.setDefaultTimeout(15_000)
  const grant = await on.keys.verify(on.key)
  if (grant === null) throw new Error('no owner')
  await page.goto(`${url}/sign-in?token=${await on.keys.createLink(grant, 60_000)}`)
  page.on('request', request => asked.push(request.url()))
  await page.goto(`${url}/graphql`)
  await tab('Workflows').waitFor()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await on?.close()
})

const tab = (name: string) => page.getByRole('tablist').getByRole('button', { name, exact: true })
/** By key: under a pointer that has only just come, the tabs still slide about, and the press may miss. */
const change = (name: string) => tab(name).press('Enter')
/** What an editor shows; it writes spaces as spaces that do not break. */
const shown = async (editor: string): Promise<string> =>
  (await page.locator(`${editor} .view-lines`).first().innerText()).replaceAll('\u00a0', ' ')
const expectShown = (editor: string) => expect.poll(() => shown(editor), { timeout: 10_000 })
const variables = '.graphiql-editor-tool'
const answer = '.result-window'

/** Puts the text in the place of what stands there; the brackets and quotes that the editor closed by itself go again. */
async function writeVariables(text: string): Promise<void> {
  await page.locator(`${variables} .view-lines`).first().click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.insertText(text)
  await page.keyboard.press('ControlOrMeta+Shift+End')
  await page.keyboard.press('Delete')
}

/** A tab that was only just opened is taken for the one before it for a moment: then nothing is sent, and it is pressed again. */
const execute = () =>
  expect
    .poll(
      async () => {
        await page.getByRole('button', { name: /^Execute query/ }).click()
        await page.waitForTimeout(200)
        return shown(answer)
      },
      { timeout: 10_000 },
    )
    .not.toContain('Cannot infer operation')

describe('the playground', () => {
  test('answers its first tab as it stands', async () => {
    await execute()
    await expectShown(answer).toContain('"name": "simple"')
  })

  test.each([
    ['CreateProject', 'mutation CreateProject', '"name": "My project"'],
    ['StartRun', 'mutation StartRun', '"projectId": "prj_…"'],
    ['FollowRun', 'subscription FollowRun', '"runId": "run_…"'],
    ['Artifacts', 'query Artifacts', '"id": "run_…"'],
    ['Artifact', 'query Artifact(', '"id": "art_…"'],
  ])('changes to the tab %s, with its variables', async (name, query, filled) => {
    await change(name)
    await expectShown('.graphiql-query-editor').toContain(query)
    await expectShown(variables).toContain(filled)
  })

  test('creates, starts and follows with what its tabs hold', async () => {
    await change('CreateProject')
    await execute()
    await expectShown(answer).toMatch(/"id": "prj_\w+"/)
    const projectId = /prj_\w+/.exec(await shown(answer))?.[0]

    await change('StartRun')
    await writeVariables(JSON.stringify({ input: { projectId, workflow: 'simple', variables: { repo: '/r' } } }))
    await execute()
    await expectShown(answer).toMatch(/"id": "run_\w+"/)
    const runId = /run_\w+/.exec(await shown(answer))?.[0]

    await change('FollowRun')
    await writeVariables(JSON.stringify({ runId }))
    await execute()
    await expectShown(answer).toContain('"status": "LIVE"')
    await on.send('mutation Pause($input: PauseRunInput!) { pauseRun(input: $input) { __typename } }', {
      input: { runId },
    })
    await expectShown(answer).toContain('"type": "RunPaused"')
    expect(await page.getByRole('button', { name: /^Stop query/ }).isVisible()).toBe(true)
  })

  test('asked nobody but this server', () => {
    const own = new URL(page.url()).origin
    expect(asked.filter(url => !/^(blob:|data:)/.test(url) && new URL(url).origin !== own)).toEqual([])
  })
})
