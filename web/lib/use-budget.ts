import { useState } from 'react'
import { useMutation } from 'urql'
import { SetBudgetDocument } from './budget-documents.ts'
import { faultOf, refusalOf } from './fault.ts'

/** Sets the limit of whatever has a budget, by its global id; micro-dollars, null for none. */
export function useSetBudget(subjectId: string) {
  const [{ fetching }, send] = useMutation(SetBudgetDocument)
  const [fault, setFault] = useState('')
  const set = async (limit: number | null): Promise<boolean> => {
    setFault('')
    const { data, error } = await send({ input: { subjectId, limit } })
    const refusal = error === undefined ? refusalOf(data?.setBudget) : { message: faultOf(error), hint: '' }
    if (refusal !== null) setFault(`${refusal.message} ${refusal.hint}`.trim())
    return refusal === null
  }
  return { set, pending: fetching, fault }
}

type GivenBudget = {
  spent: number | string
  reserved: number | string
  limit: number | string | null
  forecast: number | string | null
}
const numberOf = (value: number | string | null): number | null => (value === null ? null : Number(value))

/** As numbers: micro-dollars that a browser counts stay below 2⁵³. */
export const budgetFigures = ({ spent, reserved, limit, forecast }: GivenBudget) => ({
  spent: Number(spent),
  reserved: Number(reserved),
  limit: numberOf(limit),
  forecast: numberOf(forecast),
})
