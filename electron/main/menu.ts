import type { MenuItemConstructorOptions } from 'electron';

const words = {
  zh: {
    file: '文件',
    quit: '退出',
    edit: '编辑',
    undo: '撤销',
    redo: '重做',
    cut: '剪切',
    copy: '复制',
    paste: '粘贴',
    selectAll: '全选',
    view: '视图',
    reload: '重新载入',
    zoomIn: '放大',
    zoomOut: '缩小',
    resetZoom: '实际大小',
    fullScreen: '全屏',
    devTools: '开发者工具',
    help: '帮助',
    about: '关于网格指挥台',
    leaveQuestion: '关闭本机的大屏窗口？',
    leave: '关闭大屏',
    stay: '取消',
  },
  en: {
    file: 'File',
    quit: 'Quit',
    edit: 'Edit',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select all',
    view: 'View',
    reload: 'Reload',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    resetZoom: 'Actual size',
    fullScreen: 'Full screen',
    devTools: 'Developer tools',
    help: 'Help',
    about: 'About Grid Command',
    leaveQuestion: 'Close the wall’s windows on this machine?',
    leave: 'Close the wall',
    stay: 'Cancel',
  },
} as const;

/** @param locale of the system, such as `zh-CN`; anything that is not Chinese gets English */
export function menuTemplate(locale: string, hasDevTools: boolean): MenuItemConstructorOptions[] {
  const word = locale.toLowerCase().startsWith('zh') ? words.zh : words.en;
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  return [
    { label: word.file, submenu: [{ role: 'quit', label: word.quit }] },
    {
      label: word.edit,
      submenu: [
        { role: 'undo', label: word.undo },
        { role: 'redo', label: word.redo },
        separator,
        { role: 'cut', label: word.cut },
        { role: 'copy', label: word.copy },
        { role: 'paste', label: word.paste },
        { role: 'selectAll', label: word.selectAll },
      ],
    },
    {
      label: word.view,
      submenu: [
        { role: 'reload', label: word.reload },
        separator,
        { role: 'zoomIn', label: word.zoomIn },
        { role: 'zoomOut', label: word.zoomOut },
        { role: 'resetZoom', label: word.resetZoom },
        { role: 'togglefullscreen', label: word.fullScreen },
        ...(hasDevTools ? [separator, { role: 'toggleDevTools', label: word.devTools } as const] : []),
      ],
    },
    { label: word.help, role: 'help', submenu: [{ role: 'about', label: word.about }] },
  ];
}

/** Words of the question whether to leave the wall. */
export function leaveWords(locale: string): {
  readonly message: string;
  readonly leave: string;
  readonly stay: string;
} {
  const { leaveQuestion: message, leave, stay } = locale.toLowerCase().startsWith('zh') ? words.zh : words.en;
  return { message, leave, stay };
}
