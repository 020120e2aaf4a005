import { jsonAnswer, type Answer } from '../http/answer';
import { ServiceError } from '../http/service-error';
import { parseInput } from '../operations/call-input';
import type { ControlContext } from './control-command';
import { CONTROL_COMMANDS } from './control-commands';

/** `POST /_control/<command>` with a JSON object, or `GET` without one; the answer is JSON, 400 with `message` if it went wrong. */
export async function handleControl(context: ControlContext, url: URL, body: string): Promise<Answer> {
  const name = url.pathname.slice('/_control/'.length);
  const command = CONTROL_COMMANDS.get(name);
  if (command === undefined) return jsonAnswer({ message: `No control command ${name}` }, 404);
  try {
    const input = body === '' ? Object.fromEntries(url.searchParams) : parseInput(body);
    return jsonAnswer((await command(context, input)) ?? {});
  } catch (error) {
    if (error instanceof ServiceError) return jsonAnswer({ message: error.message, type: error.type }, 400);
    return jsonAnswer({ message: error instanceof Error ? error.message : String(error) }, 400);
  }
}
