import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseWorkflow } from '../../domain/validate.ts'
import { keepWorkflows } from '../keep-workflows.ts'
import { simpleWorkflow, type TestApp, testApp } from '../testing.ts'
import { stranger } from './operator-rig.ts'

let on: TestApp
beforeAll(async () => {
  on = await testApp()
})
afterAll(() => on.close())

type Fault = { path: string; message: string; line: number | null }
const validate = async (text: string) =>
  (
    await on.send<{ validateWorkflow: { faults: Fault[]; workflow: { name: string } | null } }>(
      'query($input: ValidateWorkflowInput!) { validateWorkflow(input: $input) { faults { path message line column } workflow { name } } }',
      { input: { text } },
    )
  ).data.validateWorkflow

const yaml = `name: mine
version: 1
title: Mine
description: ""
variables:
  - { name: deep, type: boolean, description: "", default: true }
steps:
  - key: look
    title: Look
    agent: test.first
  - key: dig
    title: Dig
    agent: test.second
    needs: [look]
    when: { path: variables.deep, op: equals, value: true }
    approval: { title: "Dig here?" }
`

describe('validateWorkflow', () => {
  test('reads what is whole', async () => {
    expect(await validate(yaml)).toEqual({ faults: [], workflow: { name: 'mine' } })
    expect(await validate(JSON.stringify(simpleWorkflow))).toEqual({ faults: [], workflow: { name: 'simple' } })
  })

  test('lists every fault of the form, with its path and place', async () => {
    const { faults, workflow } = await validate(
      yaml.replace('version: 1', 'version: none').replace('key: dig', 'key: 7'),
    )
    expect(workflow).toBeNull()
    expect(faults.map(({ path, line }) => [path, line])).toEqual([
      ['version', 2],
      ['steps.1.key', 11],
    ])
    for (const { path, message } of faults) expect(message.startsWith(path)).toBe(false)
  })

  test('lists every fault of the graph and of what it names', async () => {
    expect((await validate(yaml.replace('needs: [look]', 'needs: [nothing]'))).faults).toMatchObject([
      { path: 'steps.dig.needs', message: 'there is no step nothing', line: 11 },
    ])
    expect((await validate(yaml.replaceAll('test.second', 'nobody'))).faults).toMatchObject([
      { path: 'steps.dig.agent', message: 'there is no agent nobody', line: null },
    ])
  })

  test.each(['', 'a: [', '- 1', 'x'.repeat(50_000), '{"a":', 'a: &x 1\nb: *x'])(
    'says what is wrong with %j',
    async text => {
      const { faults, workflow } = await validate(text)
      expect(faults.length).toBeGreaterThan(0)
      expect(workflow).toBeNull()
    },
  )
})

type Dry = {
  faults: Fault[]
  steps: { key: string; outlook: string; asks: string[]; wave: number }[]
  longest: string[]
  estimate: object
}
const dryRun = async (input: object) =>
  on.send<{ dryRun: Dry }>(
    `query($input: DryRunInput!) { dryRun(input: $input) { faults { path message } longest longestMs
      steps { key outlook why wave times asks needsModel input } estimate { low high basis } } }`,
    { input },
  )

describe('a dry run', () => {
  test('shows what would be done, asked and paid', async () => {
    const { dryRun: deep } = (await dryRun({ text: yaml, variables: { deep: true } })).data
    expect(deep).toMatchObject({
      faults: [],
      steps: [
        { key: 'look', outlook: 'RUNS', wave: 0, asks: [] },
        { key: 'dig', outlook: 'RUNS', wave: 1, asks: ['Dig here?'] },
      ],
      longest: ['look', 'dig'],
      estimate: { low: 0, high: 0, basis: 'NO_MODEL' },
    })
    const { dryRun: flat } = (await dryRun({ text: yaml, variables: { deep: false }, manual: true })).data
    expect(flat.steps).toMatchObject([
      { key: 'look', asks: ['Go: Look'] },
      { key: 'dig', outlook: 'SKIPPED', asks: [] },
    ])
  })

  test('of a workflow in force lists every fault of the variables', async () => {
    const { data } = await dryRun({ workflow: 'simple', variables: { depth: 9, other: 1 } })
    expect(data.dryRun).toMatchObject({ steps: [], estimate: null })
    expect(data.dryRun.faults.map(({ path }) => path).sort()).toEqual([
      'variables.depth',
      'variables.other',
      'variables.repo',
    ])
    const { data: fine } = await dryRun({ workflow: 'simple', variables: { repo: '/r' } })
    expect(fine.dryRun.steps.map(({ key }) => key)).toEqual(['first', 'second', 'each'])
  })

  test('begins nothing', async () => {
    await dryRun({ workflow: 'simple', variables: { repo: '/r' } })
    expect(await on.sql`select id from runs`).toHaveLength(0)
  })

  test.each<[object, RegExp]>([
    [{}, /one of the two/],
    [{ workflow: 'simple', text: yaml }, /one of the two/],
    [{ workflow: 'nothing' }, /no workflow "nothing"/],
  ])('refuses %j', async (input, message) => {
    const { errors } = await dryRun(input)
    expect(errors?.[0]?.message).toMatch(message)
  })
})

test('every version that was in force is kept once, and only for whom it was', async () => {
  const simple = parseWorkflow(simpleWorkflow)
  await keepWorkflows(on.sql, on.organisationId, [simple])
  await keepWorkflows(on.sql, on.organisationId, [simple, { ...simple, title: 'Changed under its number' }])
  await keepWorkflows(on.sql, on.organisationId, [{ ...simple, version: 2 }])
  const versions = async (key?: string) =>
    (
      await on.send<{ workflow: { versions: { version: number; runs: number; definition: { title: string } }[] } }>(
        '{ workflow(name: "simple") { versions { version hash seenAt runs definition } } }',
        {},
        key,
      )
    ).data.workflow.versions
  expect((await versions()).map(({ version, runs, definition }) => [version, runs, definition.title])).toEqual([
    [2, 0, 'Simple'],
    [1, 0, 'Changed under its number'],
    [1, 0, 'Simple'],
  ])
  expect(await versions(await stranger(on))).toEqual([])
})
