// The preview of an article. Everything works without scripts: links jump, buttons post.

import "./preview-panes.js";
import { start as startKeys } from "./preview-keys.js";
import { start as startSelection } from "./preview-selection.js";
import { start as startSending } from "./preview-sending.js";
import { forgetSent } from "./paste-kept.js";

forgetSent(document.querySelector(".preview").dataset.person);
startSending();
startSelection();
startKeys();
