/**
 * @typedef {{ params: Record<string, string>, body: unknown }} Asked
 * @typedef {{ status: number, body: unknown }} Answer
 * @typedef {{ method: string, path: string, handle: (asked: Asked) => Answer | Promise<Answer> }} Route
 */

/** @type {readonly Route[]} */
export const routes = [{ method: 'GET', path: '/health', handle: () => ({ status: 200, body: { ok: true } }) }]
