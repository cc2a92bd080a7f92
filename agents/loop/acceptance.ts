/** What a valid submission still has to pass: quotes that were fetched, the agent's own check, and the merge of its change. */
import type { Reasoning } from '../../domain/evidence.ts'
import type { Role } from '../../domain/role.ts'
import type { CodeWorkspace } from '../code/workspace.ts'
import type { Submission } from '../tools/submit.ts'
import type { ToolEnv } from '../tools/tool.ts'
import { checkClaims } from './claims.ts'
import { type Landed, land } from './landing.ts'
import type { LoopOptions } from './loop.ts'
import { check, objectionOf } from './reasoning.ts'

export type Working = {
  env: ToolEnv
  /** null where there is no tree to work on. */
  code: CodeWorkspace | null
  /** Ids of the models that answered so far. */
  models: readonly string[]
  reasoning: Reasoning
}

/** How a submission was accepted. */
export type Accepted = { submission: Submission; landed: Landed | null }

export type Acceptance = {
  accept: LoopOptions['accept']
  /** Throws an Error before a submission was accepted. */
  accepted(): Accepted
}

export function createAcceptance(role: Role, options: LoopOptions, working: Working): Acceptance {
  const { env, code, models, reasoning } = working
  let result: Accepted | null = null
  let askedForChange = false

  async function landing(submission: Submission): Promise<Landed | { objection: string } | null> {
    if (!role.writes || code === null) return null
    const landed = await land(code, submission, { env, role, models })
    if ('objection' in landed || landed.commit !== null || askedForChange) return landed
    askedForChange = true
    return { objection: 'Nothing in the tree is changed. If that is your result, say so in it and submit again.' }
  }

  return {
    async accept(submission, messages) {
      const claims =
        role.produces === 'ResearchNote' ? await checkClaims(submission, env) : { ok: true as const, submission }
      if (!claims.ok) return claims.objection
      if (role.reasoning && reasoning.checks.length === 0) {
        const { checks, samples, dissent } = await check(options, reasoning.plan, messages)
        Object.assign(reasoning, { checks, samples, dissent })
        const objection = objectionOf(checks)
        if (objection !== null) return objection
      }
      const landed = await landing(claims.submission)
      if (landed !== null && 'objection' in landed) return landed.objection
      result = { submission: claims.submission, landed }
      return null
    },
    accepted() {
      if (result === null) throw new Error('nothing was accepted')
      return result
    },
  }
}
