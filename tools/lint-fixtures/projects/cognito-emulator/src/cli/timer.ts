/** A Node program owns the real clock and talks to the terminal. */
setTimeout(() => console.log(Date.now()), 1);
