/** The run as a picture. The same tasks stand in the task list, for those who would rather read. */
import '@xyflow/react/dist/base.css'
import { type Node, ReactFlow, ReactFlowProvider, useReactFlow } from '@xyflow/react'
import { type KeyboardEvent, memo, useEffect, useMemo, useReducer, useRef, useState } from 'react'
import type { Run } from '../../../../domain/run/state.ts'
import { useNow, useShortcuts } from '../../../lib/hooks.ts'
import { useKept, useMoment, useTasks } from '../../../lib/run-context.ts'
import { useSelectTask } from '../../../lib/run-selection.ts'
import { Button } from '../../../ui/button.tsx'
import { criticalTasks } from './critical.ts'
import { firstView } from './first-view.ts'
import css from './graph.module.css'
import { GraphProvider } from './graph-context.ts'
import { GroupBox } from './group-box.tsx'
import { NeedLines } from './need-lines.tsx'
import { type Direction, neighbour } from './neighbour.ts'
import { shapeKey, shapeOf } from './shape.ts'
import { TaskBox } from './task-box.tsx'
import { createGraphMemory, useLayout } from './use-layout.ts'
import { useRoom } from './use-room.ts'
import { type Room, type Wrapped, wrap } from './wrap.ts'

// One object for good: a new one would make every box be built anew on each render.
const nodeTypes = { task: TaskBox, fanOut: GroupBox }
const whole = { padding: 0.04, maxZoom: 1 }

export const Graph = memo(function Graph() {
  const { view } = useMoment()
  const key = shapeKey(useTasks())
  const [closed, setClosed] = useState<ReadonlySet<number>>(new Set())
  const memory = useKept(createGraphMemory)
  const shape = memory.shape(`${key} ${[...closed].join(' ')}`, () => shapeOf(view.get().run?.tasks ?? [], closed))
  const placed = useLayout(shape, memory)
  const place = useRef<HTMLElement>(null)
  const room = useRoom(place)
  const wrapped = useMemo(() => (placed === null || room === null ? null : wrap(placed, room)), [placed, room])
  const [path, togglePath] = useReducer((shown: boolean) => !shown, false)
  const critical = useCriticalTasks(path)
  const parts = useMemo(
    () => ({ critical, closed, toggle: (map: number) => setClosed(before => flipped(before, map)) }),
    [critical, closed],
  )
  useShortcuts([{ keys: 'c', title: 'Show the critical path', group: 'Graph', run: togglePath }])
  return (
    <section ref={place} className={css.graph} aria-label="Graph of the run">
      {wrapped === null || room === null ? null : (
        <GraphProvider value={parts}>
          <ReactFlowProvider>
            <Picture placed={wrapped} room={room} />
          </ReactFlowProvider>
        </GraphProvider>
      )}
      <div className={css.paths}>
        <Button aria-pressed={path} {...(path ? { icon: 'check' as const } : {})} keys="c" onClick={togglePath}>
          Critical path
        </Button>
      </div>
    </section>
  )
})

function flipped(set: ReadonlySet<number>, map: number): ReadonlySet<number> {
  const next = new Set(set)
  if (!next.delete(map)) next.add(map)
  return next
}

const nowhere: ReadonlySet<number> = new Set()

/** The same set until the path is another one. */
function useCriticalTasks(shown: boolean): ReadonlySet<number> {
  const tasks = useTasks()
  const now = useNow(shown)
  const path = shown ? criticalTasks(tasks, now) : []
  const key = path.join(' ')
  return useMemo(() => (key === '' ? nowhere : new Set(key.split(' ').map(Number))), [key])
}

// Events change what is in the boxes, and each box hears of its own: the picture around them stands still.
const Picture = memo(function Picture({ placed, room }: { placed: Wrapped; room: Room }) {
  const nodes = useMemo(() => nodesOf(placed), [placed])
  const flow = useReactFlow()
  const memory = useKept(createGraphMemory)
  const select = useSelectTask()
  const { view } = useMoment()

  const first = useMemo(() => firstView(placed, room, busyTasks(view.get().run)), [placed, room, view])

  // A new shape is brought into view, unless somebody is looking at a part of the old one.
  useEffect(() => {
    if (!memory.moved) void flow.setViewport(first)
  }, [flow, first, memory])

  return (
    <ReactFlow
      nodes={nodes}
      nodeTypes={nodeTypes}
      minZoom={0.1}
      maxZoom={1.75}
      defaultViewport={memory.viewport ?? first}
      panOnScroll
      zoomOnDoubleClick={false}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      elementsSelectable={false}
      onlyRenderVisibleElements={nodes.length > 150}
      disableKeyboardA11y
      onMoveStart={event => {
        if (event !== null) memory.moved = true
      }}
      onMoveEnd={(_, viewport) => {
        memory.viewport = viewport
      }}
      onPaneClick={() => select(null)}
      onKeyDown={moveFocus}
    >
      <NeedLines placed={placed} />
      <Controls
        onMoved={chosen => {
          memory.moved = chosen
        }}
      />
    </ReactFlow>
  )
})

/** `onMoved`: whether a part of the picture was chosen, or all of it is shown again. */
function Controls({ onMoved }: { onMoved(chosen: boolean): void }) {
  const flow = useReactFlow()
  const actions = {
    in: () => {
      onMoved(true)
      void flow.zoomIn({ duration: 120 })
    },
    out: () => {
      onMoved(true)
      void flow.zoomOut({ duration: 120 })
    },
    fit: () => {
      onMoved(false)
      void flow.fitView({ ...whole, duration: 180 })
    },
  }
  useShortcuts([
    { keys: '+', title: 'Zoom in', group: 'Graph', run: actions.in },
    { keys: '-', title: 'Zoom out', group: 'Graph', run: actions.out },
    { keys: '0', title: 'Show the whole graph', group: 'Graph', run: actions.fit },
  ])
  return (
    <div className={css.controls} role="toolbar" aria-label="Zoom">
      <Button icon="minus" aria-label="Zoom out" onClick={actions.out} />
      <Button icon="fit" aria-label="Show the whole graph" onClick={actions.fit} />
      <Button icon="plus" aria-label="Zoom in" onClick={actions.in} />
    </div>
  )
}

function nodesOf({ shape, layout }: Wrapped): Node[] {
  return shape.boxes.map(({ index, width, height, rows, group }, place) => ({
    id: String(index),
    type: group ? 'fanOut' : 'task',
    position: layout.places[place] ?? { x: 0, y: 0 },
    width,
    height,
    // It need not be measured to be drawn, nor be searched for where lines begin: they are drawn apart.
    measured: { width, height },
    handles: [],
    data: { rows },
  }))
}

/** Where something happens. */
const busyTasks = (run: Run | null): number[] =>
  run?.tasks.filter(({ status }) => status === 'CLAIMED' || status === 'WAITING').map(({ index }) => index) ?? []

/** Arrow keys lead from box to box, as they lie. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const from = event.target instanceof Element ? event.target.closest('[data-task]') : null
  if (from === null || !/^Arrow(Left|Right|Up|Down)$/.test(event.key)) return
  const others = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-task]')].filter(one => one !== from)
  const place = neighbour(
    from.getBoundingClientRect(),
    others.map(one => one.getBoundingClientRect()),
    event.key as Direction,
  )
  event.preventDefault()
  if (place !== null) others[place]?.focus()
}
