// @ts-expect-error newer than the Node of Electron 33
Promise.withResolvers();
// @ts-expect-error no state of a build tool
import.meta.env;
