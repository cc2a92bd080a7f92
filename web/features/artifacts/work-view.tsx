/** The view for each kind that agents make; null for a kind that has none. Loaded when one is looked at. */
import type { ReactNode } from 'react'
import type { Json } from '../../../domain/json.ts'
import { PatchView } from './patch-view.tsx'
import {
  ChangeView,
  DesignView,
  PlanView,
  ReasoningView,
  ResearchView,
  ReviewView,
  SpecView,
  TestPlanView,
} from './work-views.tsx'

// Bodies of these kinds were parsed against their schema before they were stored.
const views: Readonly<Record<string, (body: never) => ReactNode>> = {
  CodePatch: patch => <PatchView patch={patch} />,
  SpecDoc: spec => <SpecView spec={spec} />,
  Plan: plan => <PlanView plan={plan} />,
  DesignDoc: design => <DesignView design={design} />,
  ChangeSummary: change => <ChangeView change={change} />,
  ReviewReport: review => <ReviewView review={review} />,
  Reasoning: reasoning => <ReasoningView reasoning={reasoning} />,
  TestPlan: plan => <TestPlanView plan={plan} />,
  ResearchNote: note => <ResearchView note={note} />,
}

export const WorkView = ({ kind, body }: { kind: string; body: Json }) => views[kind]?.(body as never) ?? null
