// @ts-check
import ts from 'typescript';

/**
 * What a name stands for after imports and destructuring are followed.
 *
 * @param {import('@typescript-eslint/utils').ParserServicesWithTypeInformation} services
 * @param {import('@typescript-eslint/utils').TSESTree.Node} node
 * @returns {import('typescript').Symbol | undefined}
 */
export function resolvedSymbol(services, node) {
  const checker = services.program.getTypeChecker();
  const tsNode = services.esTreeNodeToTSNodeMap.get(node);
  const { parent } = tsNode;
  // `const { now } = performance` declares a new name: the property it was taken from is what counts.
  if (ts.isBindingElement(parent) && ts.isObjectBindingPattern(parent.parent)) {
    const name = parent.propertyName ?? parent.name;
    return ts.isIdentifier(name)
      ? checker.getTypeAtLocation(parent.parent).getProperty(name.text)
      : undefined;
  }
  const symbol = checker.getSymbolAtLocation(tsNode);
  if (symbol === undefined) return undefined;
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/**
 * @param {import('typescript').Symbol} symbol
 * @param {RegExp} files
 */
export function declaredIn(symbol, files) {
  return (symbol.declarations ?? []).some((declaration) => files.test(declaration.getSourceFile().fileName));
}
