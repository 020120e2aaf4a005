/** Makes the document one that the browser prerenders, as by Speculation Rules. jsdom does not know them. */
export class Prerendering {
  begin(): void {
    Object.defineProperty(document, 'prerendering', { value: true, configurable: true });
  }

  /** The user opens the page. */
  activate(): void {
    Object.defineProperty(document, 'prerendering', { value: false, configurable: true });
    document.dispatchEvent(new Event('prerenderingchange'));
  }

  /** Again a browser that does not know it. */
  reset(): void {
    Reflect.deleteProperty(document, 'prerendering');
  }
}
