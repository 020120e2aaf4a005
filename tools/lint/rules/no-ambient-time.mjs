// @ts-check
import { AST_NODE_TYPES, ESLintUtils } from '@typescript-eslint/utils';
import { declaredIn, resolvedSymbol } from './symbols.mjs';

/** Functions that wait, wherever they hang: on the global object, on an injected window, on a destructured one. */
const waiting = new Set([
  'setTimeout',
  'setInterval',
  'setImmediate',
  'requestAnimationFrame',
  'requestIdleCallback',
]);

/** Members that read the present, with the library types that declare them. */
const reading = new Map([
  ['now', ['DateConstructor', 'Performance']],
  ['timeOrigin', ['Performance']],
]);

/** Around a name that reads no time: a query of its type, and a list of imports. */
const namesOnly = new Set(['TSTypeQuery', 'ImportSpecifier']);

const builtIn = /\/typescript\/lib\/lib\.|\/@types\/node\//;

/**
 * The type of each callee would be expensive, and only a constructor is named like one.
 *
 * @param {import('@typescript-eslint/utils').TSESTree.Node} callee
 */
const isNamedLikeConstructor = (callee) => {
  const name = callee.type === AST_NODE_TYPES.MemberExpression ? callee.property : callee;
  return name.type !== AST_NODE_TYPES.Identifier || /^[A-Z]/.test(name.name);
};

/**
 * Time comes in through the injected clock and scheduler. A direct reading cannot be tested in virtual time and ignores
 * the corrected device clock; a direct timer escapes the rule that timers run outside the zone.
 */
export const noAmbientTime = ESLintUtils.RuleCreator.withoutDocs({
  meta: {
    type: 'problem',
    schema: [],
    defaultOptions: [],
    messages: {
      clock: 'Take the time from the injected clock, not from {{name}}.',
      timer: 'Wait with the injected scheduler, not with {{name}}.',
    },
  },
  create(context) {
    const services = ESLintUtils.getParserServices(context);

    /** @param {import('@typescript-eslint/utils').TSESTree.Node} callee */
    const isDate = (callee) => services.getTypeAtLocation(callee).getSymbol()?.name === 'DateConstructor';

    /** @param {import('@typescript-eslint/utils').TSESTree.Node} node */
    const isNameOnly = (node) =>
      context.sourceCode.getAncestors(node).some(({ type }) => namesOnly.has(type));

    return {
      Identifier(node) {
        const { name } = node;
        if ((!waiting.has(name) && !reading.has(name)) || isNameOnly(node)) return;
        const symbol = resolvedSymbol(services, node);
        if (symbol === undefined || !declaredIn(symbol, builtIn)) return;
        const host = /** @type {{ parent?: import('typescript').Symbol }} */ (symbol).parent?.name ?? '';
        if (waiting.has(name)) {
          context.report({ node, messageId: 'timer', data: { name } });
        } else if (reading.get(name)?.includes(host)) {
          context.report({ node, messageId: 'clock', data: { name: `${host}.${name}` } });
        }
      },
      'MemberExpression[object.name="AbortSignal"][property.name="timeout"]'(
        /** @type {import('@typescript-eslint/utils').TSESTree.MemberExpression} */ node,
      ) {
        context.report({ node, messageId: 'timer', data: { name: 'AbortSignal.timeout' } });
      },
      'NewExpression[arguments.length=0]'(
        /** @type {import('@typescript-eslint/utils').TSESTree.NewExpression} */ node,
      ) {
        if (isDate(node.callee)) context.report({ node, messageId: 'clock', data: { name: 'new Date()' } });
      },
      CallExpression(node) {
        if (isNamedLikeConstructor(node.callee) && isDate(node.callee))
          context.report({ node, messageId: 'clock', data: { name: 'Date()' } });
      },
    };
  },
});
