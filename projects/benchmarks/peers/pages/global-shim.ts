/** amazon-cognito-identity-js expects the name that Node has. */
Object.assign(globalThis, { global: globalThis });
