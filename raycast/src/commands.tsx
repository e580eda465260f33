import { Action, ActionPanel, Icon, List } from '@raycast/api';
import { useEffect, useState } from 'react';
import { commands, open, tell } from './helper';
import type { Listed } from './list';

export default function Commands() {
  const [listed, setListed] = useState<Listed[]>();
  useEffect(() => {
    commands().then(setListed, (error: unknown) => {
      setListed([]);
      return tell(error);
    });
  }, []);
  return (
    <List isLoading={listed === undefined}>
      {listed?.map((command) => (
        <List.Item
          key={command.id}
          title={command.title}
          subtitle={command.subtitle}
          keywords={command.keywords}
          accessories={command.state.why ? [{ text: command.state.why }] : []}
          actions={
            <ActionPanel>
              <Action title="Open in Browser" icon={Icon.Globe} onAction={() => open(command.run[1])} />
            </ActionPanel>
          }
        />
      ))}
    </List>
  );
}
