import { useNavigate, useParams } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { Palette } from '../features/palette/palette.tsx'
import type { PaletteItem } from '../features/palette/rank.ts'
import { type Found, useFound, useNames } from '../features/palette/use-found.ts'
import { useApp } from '../lib/app-context.ts'
import type { Shortcut } from '../lib/shortcuts.ts'
import { places } from './places.ts'

/** Everything that has a name, from wherever it is known: places, actions, the open run, and what the server finds. */
export function PalettePanel({ onClose }: { onClose(): void }) {
  const [typed, setTyped] = useState('')
  const { found, searching } = useFound(typed)
  const still = useStillItems()
  const goTo = useGoTo()
  const items = useMemo(() => [...still, ...foundItems(found, goTo)], [still, found, goTo])
  return <Palette items={items} typed={typed} onType={setTyped} searching={searching} onClose={onClose} />
}

type GoTo = (to: string, search?: Record<string, unknown>) => void

function useGoTo(): GoTo {
  const navigate = useNavigate()
  return useMemo(() => (to, search) => void navigate({ to, search: search ?? {} } as never), [navigate])
}

/** What is known without asking for every letter. */
function useStillItems(): readonly PaletteItem[] {
  const { shortcuts, runStore } = useApp()
  const { runId } = useParams({ strict: false })
  const { agents, workflows } = useNames()
  const goTo = useGoTo()
  // Those of the page beneath: the palette itself adds none.
  const [actions] = useState(() => shortcuts.active())
  return useMemo(() => {
    const tasks = runId === undefined ? [] : (runStore(runId).get().run?.tasks ?? [])
    return [
      ...places.map(
        ({ to, name, icon, key, about }): PaletteItem => ({
          ...{ id: to, group: 'Places', title: name, note: about, icon, keys: `g ${key}` },
          run: () => goTo(to),
        }),
      ),
      ...actions.filter(isAction).map(
        ({ keys, title, group, run }): PaletteItem => ({
          ...{ id: `${group} ${keys} ${title}`, group: 'Actions', title, note: group, icon: 'keyboard', keys },
          run,
        }),
      ),
      ...tasks.map(
        (task, index): PaletteItem => ({
          ...{ id: `task ${index}`, group: 'Tasks', title: task.title, note: task.uses, icon: 'list' },
          run: () => goTo(`/runs/${runId}`, { task: index }),
        }),
      ),
      ...agents.map(
        ({ name, title }): PaletteItem => ({
          ...{ id: `agent ${name}`, group: 'Agents', title, note: name, icon: 'team' },
          run: () => goTo('/agents', { agent: name }),
        }),
      ),
      ...workflows.map(
        ({ name, title }): PaletteItem => ({
          ...{ id: `workflow ${name}`, group: 'Workflows', title, note: name, icon: 'branch' },
          run: () => goTo(`/workflows/${name}`),
        }),
      ),
    ]
  }, [actions, agents, workflows, runId, runStore, goTo])
}

/** Going to places is listed as places. */
const isAction = ({ keys }: Shortcut): boolean => !/^g ./.test(keys) && keys !== 'mod+k'

const foundItems = ({ projects, runs, artifacts }: Found, goTo: GoTo): PaletteItem[] => [
  ...projects.map(
    ({ id, slug, name, repository }): PaletteItem => ({
      ...{ id, group: 'Projects', title: name, note: `${slug} ${repository ?? ''}`, icon: 'folder' },
      run: () => goTo(`/projects/${slug}`),
    }),
  ),
  ...runs.map(
    ({ id, title, workflow, project }): PaletteItem => ({
      ...{ id, group: 'Runs', title, note: `${project?.name ?? ''} ${workflow}`, icon: 'graph' },
      run: () => goTo(`/runs/${id}`),
    }),
  ),
  ...artifacts.map(
    ({ id, title, kind, run }): PaletteItem => ({
      ...{ id, group: 'Artifacts', title, note: `${kind} ${run?.title ?? ''}`, icon: 'file' },
      run: () => goTo(`/runs/${run?.id}`, { tab: 'artifacts', artifact: id }),
    }),
  ),
]
