export type User = { active: boolean; age: number; country: string; verified: boolean }

/** Why a user may not order; null where they may. */
export function refusal(user: User | null): string | null {
  if (user !== null) {
    if (user.active) {
      if (user.age >= 18) {
        if (user.country === 'DE' || user.country === 'FR') {
          if (user.verified) {
            return null
          } else {
            return 'not verified'
          }
        } else {
          return 'country'
        }
      } else {
        return 'too young'
      }
    } else {
      return 'inactive'
    }
  } else {
    return 'unknown'
  }
}
