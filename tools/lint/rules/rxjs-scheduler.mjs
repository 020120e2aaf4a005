// @ts-check
import { AST_NODE_TYPES, ESLintUtils } from '@typescript-eslint/utils';
import { declaredIn, resolvedSymbol } from './symbols.mjs';

/** Operators and creators that read or wait for time, always. */
const timed = new Set([
  'animationFrames',
  'auditTime',
  'bufferTime',
  'debounceTime',
  'delay',
  'interval',
  'sampleTime',
  'throttleTime',
  'timeInterval',
  'timeout',
  'timeoutWith',
  'timer',
  'timestamp',
  'windowTime',
]);

/** Those that do so only when given a window, as second argument or by name. */
const windowed = new Set(['shareReplay', 'ReplaySubject']);

/** Those whose numeric delay runs on the default scheduler and takes no other. */
const repeating = new Set(['retry', 'repeat']);

/**
 * Whether a callee can be one of these, told without its type, which is expensive. An import can have any name; a member has
 * the name that RxJS exports.
 *
 * @param {import('@typescript-eslint/utils').TSESTree.Node} callee
 */
const canBeTimed = (callee) => {
  if (callee.type !== AST_NODE_TYPES.MemberExpression) return true;
  const { property } = callee;
  return (
    property.type !== AST_NODE_TYPES.Identifier ||
    [timed, windowed, repeating].some((names) => names.has(property.name))
  );
};

const rxjs = /\/node_modules\/rxjs\//;

/** RxJS falls back to the real clock when no scheduler is given; virtual time then never reaches the code under test. */
export const rxjsScheduler = ESLintUtils.RuleCreator.withoutDocs({
  meta: {
    type: 'problem',
    schema: [],
    defaultOptions: [],
    messages: {
      missing: '{{name}} runs on the real clock here: pass the injected scheduler.',
      numericDelay:
        '{{name}} waits on the real clock: give it a function returning a timer with the scheduler.',
    },
  },
  create(context) {
    const services = ESLintUtils.getParserServices(context);
    const checker = services.program.getTypeChecker();

    /** @param {import('@typescript-eslint/utils').TSESTree.Node} node @param {string} name */
    const propertyType = (node, name) => {
      const property = services.getTypeAtLocation(node).getProperty(name);
      return (
        property && checker.getTypeOfSymbolAtLocation(property, services.esTreeNodeToTSNodeMap.get(node))
      );
    };

    /** A scheduler or timestamp provider, or options that carry one. An optional one is none. */
    const carriesScheduler = (/** @type {import('@typescript-eslint/utils').TSESTree.Node} */ node) => {
      const candidates = [
        services.getTypeAtLocation(node),
        propertyType(node, 'scheduler'),
        propertyType(node, 'timestampProvider'),
      ];
      return candidates.some((type) => type?.getProperty('now')?.valueDeclaration !== undefined);
    };

    /** @param {import('@typescript-eslint/utils').TSESTree.CallExpressionArgument[]} given */
    const hasWindow = (given) =>
      given.length > 1 || given.some((node) => propertyType(node, 'windowTime') !== undefined);

    /** @param {import('@typescript-eslint/utils').TSESTree.CallExpressionArgument[]} given */
    const hasNumericDelay = (given) =>
      given.some((node) => {
        const type = propertyType(node, 'delay');
        return type?.getCallSignatures().length === 0;
      });

    /** @param {import('@typescript-eslint/utils').TSESTree.CallExpression | import('@typescript-eslint/utils').TSESTree.NewExpression} node */
    const check = (node) => {
      const { callee, arguments: given } = node;
      if (!canBeTimed(callee)) return;
      const symbol = resolvedSymbol(
        services,
        callee.type === AST_NODE_TYPES.MemberExpression ? callee.property : callee,
      );
      if (symbol === undefined || !declaredIn(symbol, rxjs)) return;
      const { name } = symbol;
      if (repeating.has(name) && hasNumericDelay(given)) {
        context.report({ node, messageId: 'numericDelay', data: { name } });
      }
      if (!timed.has(name) && !(windowed.has(name) && hasWindow(given))) return;
      if (!given.some(carriesScheduler)) context.report({ node, messageId: 'missing', data: { name } });
    };

    return { CallExpression: check, NewExpression: check };
  },
});
