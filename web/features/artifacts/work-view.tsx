/** The view for each kind that agents make. Loaded when one is looked at. */
import type { ReactNode } from 'react'
import type { Json } from '../../../domain/json.ts'
import type { Artifact } from '../../../domain/run/state.ts'
import { JudgementView, LedgerView } from './evidence-views.tsx'
import { PatchView } from './patch-view.tsx'
import { isWork, type WorkKind } from './work-kinds.ts'
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
const views: Readonly<Record<WorkKind, (body: never, artifact: Artifact) => ReactNode>> = {
  CodePatch: (patch, artifact) => <PatchView patch={patch} artifact={artifact} />,
  SpecDoc: spec => <SpecView spec={spec} />,
  Plan: plan => <PlanView plan={plan} />,
  DesignDoc: design => <DesignView design={design} />,
  ChangeSummary: change => <ChangeView change={change} />,
  ReviewReport: review => <ReviewView review={review} />,
  Reasoning: reasoning => <ReasoningView reasoning={reasoning} />,
  TestPlan: plan => <TestPlanView plan={plan} />,
  ResearchNote: note => <ResearchView note={note} />,
  Judgement: judgement => <JudgementView judgement={judgement} />,
  RunLedger: ledger => <LedgerView ledger={ledger} />,
}

export const WorkView = ({ artifact, body }: { artifact: Artifact & { kind: string }; body: Json }) =>
  isWork(artifact.kind) ? views[artifact.kind](body as never, artifact) : null
