import { useCommand } from '#renderer/actions/use-command.tsx';
import { noFilter } from '#renderer/state/case-filter.ts';
import { useDesk } from '#renderer/state/desk-context.tsx';
import { presets, type Workspace } from '#renderer/state/workspaces.ts';

/** Alt and a digit open the workspace of a duty: its list, order and widths. What is selected stays. */
export function useWorkspaceCommands(): void {
  const { store } = useDesk();
  const open = (workspace: Workspace | null) => () => {
    const { filter, order } = workspace === null ? { filter: noFilter, order: 'newest' as const } : presets[workspace];
    // The area that the map is drilled into is kept: it is where one looks.
    store.setState((state) => ({ workspace, order, filter: { ...filter, area: state.filter.area } }));
  };
  useCommand('workspace_accept', open('accept'));
  useCommand('workspace_dispatch', open('dispatch'));
  useCommand('workspace_supervise', open('supervise'));
  useCommand('workspace_lead', open('lead'));
  useCommand('workspace_assess', open('assess'));
  useCommand('workspace_emergency', open('emergency'));
  useCommand('workspace_all', open(null));
}
