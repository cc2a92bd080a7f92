import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { useQuery } from 'urql'
import { ForkAction } from '../features/fork/fork-action.tsx'
import { ForkOrigin } from '../features/fork/fork-origin.tsx'
import { Announcer } from '../features/runs/announcer.tsx'
import { RunFrameDocument } from '../features/runs/documents.ts'
import { RunHeader } from '../features/runs/run-header.tsx'
import { useResume } from '../features/runs/use-resume.ts'
import { Scrubber } from '../features/time-travel/scrubber.tsx'
import { useAfterPaint } from '../lib/after-paint.ts'
import { AppProvider, useApp } from '../lib/app-context.ts'
import { useSelected } from '../lib/hooks.ts'
import { RunProvider } from '../lib/run-context.ts'
import type { Fault } from '../lib/run-store.ts'
import { Button } from '../ui/button.tsx'
import { Bars, Empty } from '../ui/empty.tsx'
import css from './run.module.css'
import { RunControls } from './run-controls.tsx'
import { RunMain } from './run-main.tsx'
import { useRunPlace } from './run-place.ts'
import { type RunSearch, wideTabs } from './run-search.ts'
import { RunSide } from './run-side.tsx'
import { RunTabs } from './run-tabs.tsx'
import { useTitle } from './title.ts'

/** Keyed by the run, so that nothing of one is ever seen in another. */
export function RunPage() {
  const { runId } = useParams({ from: '/runs/$runId' })
  return <RunById key={runId} runId={runId} />
}

function RunById({ runId }: { runId: string }) {
  const app = useApp()
  const place = useRunPlace(runId)
  // Whatever counts seconds on this page counts those of the moment that is shown.
  const parts = useMemo(() => ({ ...app, clock: place.moment.clock }), [app, place])
  useResume(place.store, runId)
  useTitle(useSelected(place.store, view => view.run?.title) ?? 'Run')
  const known = useSelected(place.store, view => view.run !== null)
  const fault = useSelected(place.store, view => view.fault)
  if (!known) return <Beginning fault={fault} />
  return (
    <AppProvider value={parts}>
      <RunProvider value={place}>
        <div className={css.page}>
          <RunHeader
            crumbs={
              <>
                <Crumbs runId={runId} />
                <ForkOrigin runId={runId} />
              </>
            }
            actions={
              <>
                <ForkAction runId={runId} />
                <RunControls runId={runId} />
              </>
            }
          />
          <RunTabs />
          {fault === null ? null : <FaultBar message={fault.message} />}
          <Columns runId={runId} />
          <Scrubber />
        </div>
        <Announcer />
      </RunProvider>
    </AppProvider>
  )
}

/** The view and what stands beside it. They come a picture later than the tab or the row that was chosen shows it. */
function Columns({ runId }: { runId: string }) {
  const wanted = useSearch({ from: '/runs/$runId' })
  const navigate = useNavigate({ from: '/runs/$runId' })
  useCloseKey(
    isOpen(wanted),
    () => void navigate({ to: '.', search: ({ task: _task, seq: _seq, ...rest }) => rest, replace: true }),
  )
  const search = useAfterPaint(wanted)
  const { tab = 'graph' } = search
  const wide = wideTabs.includes(tab)
  const open = isOpen(search)
  return (
    <div className={css.columns} data-open={open || undefined} data-wide={wide || undefined}>
      <div className={css.main}>
        <RunMain tab={tab} runId={runId} />
      </div>
      {wide && !open ? null : (
        <div className={css.side}>
          <RunSide runId={runId} search={search} />
        </div>
      )}
    </div>
  )
}

const isOpen = ({ task, seq }: RunSearch): boolean => task !== undefined || seq !== undefined

/** Before the first event: it comes at once, or something is wrong. */
function Beginning({ fault }: { fault: Fault | null }) {
  if (fault === null) {
    return (
      <div className={css.page} aria-busy="true">
        <Bars rows={7} height={56} />
      </div>
    )
  }
  const missing = fault.code === 'NOT_FOUND' || fault.code === 'BAD_INPUT'
  return (
    <Empty
      page
      icon={missing ? 'search' : 'warning'}
      title={missing ? 'There is no such run' : 'The run could not be read'}
      action={<Link to="/">All runs</Link>}
    >
      {missing ? 'It may have been deleted, or the address is not whole.' : fault.message}
    </Empty>
  )
}

function Crumbs({ runId }: { runId: string }) {
  const [{ data }] = useQuery({ query: RunFrameDocument, variables: { id: runId }, requestPolicy: 'cache-first' })
  const project = data?.run?.project
  const parent = data?.run?.parent
  if (!project) return null
  return (
    <>
      <Link to="/projects/$slug" params={{ slug: project.slug }}>
        {project.name}
      </Link>
      {parent ? (
        <>
          <span aria-hidden="true">/</span>
          <Link to="/runs/$runId" params={{ runId: parent.id }}>
            {parent.title}
          </Link>
        </>
      ) : null}
    </>
  )
}

function FaultBar({ message }: { message: string }) {
  return (
    <div className={css.fault} role="alert">
      {message}
      <Button onClick={() => location.reload()}>Reload</Button>
    </div>
  )
}

/** Escape closes what is open at the side. */
function useCloseKey(open: boolean, close: () => void): void {
  const { shortcuts } = useApp()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `close` is made anew on each render and does the same.
  useEffect(
    () =>
      open
        ? shortcuts.add([{ keys: 'Escape', title: 'Close what is open at the side', group: 'Run', run: close }])
        : undefined,
    [shortcuts, open],
  )
}
