// Where the page begins.
import { render } from "preact";
import { begin, watchPlace } from "./desk";
import { listenToKeys } from "./keys";
import { watchTab } from "./sounds";
import { App } from "./views/app";
import { say } from "./words";

const root = document.getElementById("desk");
if (root) {
  listenToKeys();
  watchPlace();
  watchTab(() => say("tab_title"));
  render(<App />, root);
  void begin();
}
