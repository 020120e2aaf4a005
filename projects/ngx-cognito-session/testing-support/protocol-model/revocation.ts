import { excuse, revoke } from './cognito-model';
import type { World } from './world';

export function withRevoked(world: World, token: string): World {
  return { ...world, tokens: revoke(world.tokens, token) };
}

/** By the user's will: a refusal that follows from it has its cause. */
export function withRevocation(world: World, token: string): World {
  return withExcused(withRevoked(world, token), token);
}

export function withExcused(world: World, token: string): World {
  return { ...world, tokens: excuse(world.tokens, token) };
}
