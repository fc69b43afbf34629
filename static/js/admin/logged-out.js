// Who logs out leaves nothing behind in the browser, but for what they typed and the server never got.

import { forgetArrived } from "./editor/browser-copies.js";
import { forgetAll } from "./paste-kept.js";

forgetAll();
forgetArrived();
