import { excuse, revoke } from './cognito-model';
import type { World } from './world';

export function withRevoked(world: World, token: string): World {
  return { ...world, tokens: revoke(world.tokens, token) };
}

/** The user wants it: a refusal that follows from it has a cause. */
export function withRevocation(world: World, token: string): World {
  return withExcused(withRevoked(world, token), token);
}

/** Something was lost that no tab can repair. */
export function withExcused(world: World, token: string): World {
  return { ...world, tokens: excuse(world.tokens, token) };
}
