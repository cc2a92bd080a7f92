/** Kinds that agents make and that have a view of their own; it is loaded when one is looked at. */
const workKinds = [
  'ChangeSummary',
  'CodePatch',
  'DesignDoc',
  'Judgement',
  'Plan',
  'Reasoning',
  'ResearchNote',
  'ReviewReport',
  'RunLedger',
  'SpecDoc',
  'TestPlan',
] as const
export type WorkKind = (typeof workKinds)[number]

export const isWork = (kind: string): kind is WorkKind => (workKinds as readonly string[]).includes(kind)
