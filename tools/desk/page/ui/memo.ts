// A component that is made again only when one of its properties is another one.
import { Component, h, type ComponentType, type FunctionComponent } from "preact";

export function memo<P extends object>(inner: FunctionComponent<P>): ComponentType<P> {
  return class Memo extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      const old = this.props as Record<string, unknown>;
      const fresh = next as Record<string, unknown>;
      return Object.keys(fresh).some((key) => fresh[key] !== old[key]);
    }
    override render() {
      return h(inner as FunctionComponent, this.props as object);
    }
  };
}
