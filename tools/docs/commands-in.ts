/** The commands in the shell blocks of a text, each as its words; comments are left out. Pure. */
export function commandsIn(markdown: string): readonly (readonly string[])[] {
  return [...markdown.matchAll(/^```sh\n([\s\S]*?)^```/gm)]
    .flatMap(([, block = '']) => block.split('\n'))
    .map((line) => line.replace(/(?:^| )#.*/, '').trim())
    .filter((line) => line !== '')
    .map((line) => line.split(/ +/));
}
