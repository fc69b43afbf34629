// Who logs out leaves nothing behind in the browser.

import { forgetAll } from "./paste-kept.js";

forgetAll();
