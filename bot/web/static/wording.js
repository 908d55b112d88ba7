/** Every word the chat page says by itself, and the numbers it may turn into telephone links. */

export const wording = {
  speakers: { citizen: '我说：', bot: '苏法通说：', staff: '工作人员说：' },
  staff: '工作人员',
  safety: '先保安全',
  sending: '发送中',
  resend: '未发送·点此重发',
  rewrite: '改一改再发',
  unfold: '展开',
  fold: '收起',
  offline: '网络断了。你写的都留着，连上后自动发出。',
  reconnecting: '连接不稳，正在重连。你写的不会丢。',
  erasing: '网络不通。连上后先清除上次对话，再继续。',
  historyFailed: '更早的对话暂时取不到，请稍后再点。',
  noTraceOn: '已打开“不留痕迹”：离开或刷新后，这次对话会清除，本机不存草稿。',
  noTraceOff: '已关闭“不留痕迹”：对话会保留，下次还能接着看。',
  pressAgain: '再按一次 Esc，马上离开本页。',
  status: {
    bot: '',
    queued: '已登记，等工作人员回复。可以继续留言。',
    assigned: '工作人员正在和你对话。',
  },
  inForce: { true: '现行有效', false: '已失效', attested: '已人工核对' },
  articleLoading: '正在取原文…',
  articleMissing: '这一条的全文还没有收录，请以上面的要点为准，或打 12348 核实。',
  articleFailed: '原文暂时打不开。',
  articleAgain: '再试一次',
  done: '已完成',
  ahead: '还没到',
  file: '文件',
  fileHint: '点这里下载 · 只能下载一次，24 小时内有效',
  pageHint: '点这里打开',
  codeHint: '点这里打开，或者用手机扫一扫',
  pageCode: '打开这一页的二维码',
  refused: '这句没能发出去。',
  picture: '我发的照片，点开看大图',
  pictureGone: '照片已经不在了：没用上的只留 7 天，用上的在那件事里。',
  pictureSending: '正在传照片',
  pictureReady: (count) => `照片传好了，一共 ${count} 张。写句话一起发，或者直接点发送。`,
  pictureBusy: '照片还在传，传完就能发。',
  pictureFailed: '照片没传上，网络可能断了。',
  pictureAgain: '再传一次',
  pictureRemove: (number) => `拿掉第 ${number} 张照片`,
  picturePreview: (number) => `第 ${number} 张照片`,
  pictureType: '这里只收照片：JPEG、PNG、WebP。',
  pictureTooBig: '照片太大了，一张最多 10 MB。可以先截图再发。',
  pictureTooMany: '一次最多发 9 张，多的请下一条再发。',
  room: (left) => `还可以写 ${left} 字`,
  over: (over) => `超出 ${over} 字，请分两次发`,
  time: (date, today) => {
    const two = (number) => (number < 10 ? `0${number}` : `${number}`);
    const clock = `${two(date.getHours())}:${two(date.getMinutes())}`;
    const sameDay = date.toDateString() === today.toDateString();
    return sameDay ? clock : `${date.getMonth() + 1}月${date.getDate()}日 ${clock}`;
  },
};

/** Numbers that are always telephone lines; no other digits become links. */
export const hotlines = new Set(
  (
    '110 119 120 122 96110 12110 12123 12300 12305 12306 12309 12315 12317 12318 12319 12320 ' +
    '12321 12328 12329 12333 12336 12338 12339 12345 12348 12349 12350 12351 12355 12356 12360 ' +
    '12363 12366 12367 12368 12369 12377 12378 12380 12381 12385 12386 12388 12389 12393 ' +
    '95533 95555 95559 95566 95580 95588 95599'
  ).split(' '),
);

/** Units that make a number an amount, a date or an article: “110 元”, “120 日内”. */
export const unitAfter = new RegExp(
  '^\\s*(元|块|万|千|日(?!常)|天|号|条|页|款|项|小时|分钟|分(?!机)|秒|%|％|年|月|人(?!工|民)|' +
    '个|名|次|岁|平方|平米|米|公里|公斤|斤|倍|户|件|期(?!间)|㎡)',
);

/** Signs that make a number something else than a telephone line: “第110条”, “￥120”. */
export const signBefore = /[第￥¥$]\s*$/;

/** A quick reply that is a call: “拨 12356”. */
export const callTitle = /^(?:拨打|拨|打)\s*(\d{3,5})$/;

/** The quick reply that leaves the page at once. */
export const leavePayload = 'quick_exit';
