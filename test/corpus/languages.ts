/** The few sentences that the pages of the corpus show, in our own words, in languages of every direction. */

export interface Language {
  readonly mkt: string;
  readonly lcid: number;
  readonly dir: 'ltr' | 'rtl';
  readonly signIn: string;
  readonly sorry: string;
  readonly blocked: string;
  readonly wrongPassword: string;
  readonly stay: string;
  readonly denied: string;
  readonly errorCode: string;
  readonly requestId: string;
  readonly correlationId: string;
  readonly timestamp: string;
  readonly more: string;
}

const fields = [
  'signIn',
  'sorry',
  'blocked',
  'wrongPassword',
  'stay',
  'denied',
  'errorCode',
  'requestId',
  'correlationId',
  'timestamp',
  'more',
] as const;

function language(mkt: string, lcid: number, dir: 'ltr' | 'rtl', sentences: string): Language {
  const parts = sentences.split(' | ');
  const words = Object.fromEntries(fields.map((field, at) => [field, parts[at] ?? '']));
  return { mkt, lcid, dir, ...(words as Record<(typeof fields)[number], string>) };
}

export const languages = {
  en: language(
    'en-US',
    1033,
    'ltr',
    'Sign in | Sorry, this sign-in could not be completed. | Your organization does not allow this. | That password is not the right one. | Stay signed in? | The request was denied. | Error Code | Request Id | Correlation Id | Timestamp | More details',
  ),
  de: language(
    'de-DE',
    1031,
    'ltr',
    'Anmelden | Leider konnte diese Anmeldung nicht abgeschlossen werden. | Ihre Organisation lässt das nicht zu. | Dieses Kennwort stimmt nicht. | Angemeldet bleiben? | Die Anforderung wurde abgelehnt. | Fehlercode | Anforderungs-ID | Korrelations-ID | Zeitstempel | Weitere Details',
  ),
  fr: language(
    'fr-FR',
    1036,
    'ltr',
    'Se connecter | Désolé, cette connexion n’a pas abouti. | Votre organisation ne le permet pas. | Ce mot de passe n’est pas le bon. | Rester connecté ? | La demande a été refusée. | Code d’erreur | ID de demande | ID de corrélation | Horodatage | Plus de détails',
  ),
  ja: language(
    'ja-JP',
    1041,
    'ltr',
    'サインイン | 申し訳ありません。サインインを完了できませんでした。 | 組織で許可されていません。 | パスワードが違います。 | サインインしたままにしますか? | 要求は拒否されました。 | エラー コード | 要求 ID | 関連付け ID | タイムスタンプ | 詳細',
  ),
  zh: language(
    'zh-CN',
    2052,
    'ltr',
    '登录 | 很抱歉，无法完成此次登录。 | 你的组织不允许这样做。 | 密码不正确。 | 保持登录状态? | 请求被拒绝。 | 错误代码 | 请求 ID | 相关 ID | 时间戳 | 更多详细信息',
  ),
  ko: language(
    'ko-KR',
    1042,
    'ltr',
    '로그인 | 죄송합니다. 로그인을 완료하지 못했습니다. | 조직에서 허용하지 않습니다. | 암호가 올바르지 않습니다. | 로그인 상태를 유지하시겠습니까? | 요청이 거부되었습니다. | 오류 코드 | 요청 ID | 상관 관계 ID | 타임스탬프 | 자세한 정보',
  ),
  ar: language(
    'ar-SA',
    1025,
    'rtl',
    'تسجيل الدخول | عذرًا، تعذّر إكمال تسجيل الدخول. | مؤسستك لا تسمح بذلك. | كلمة المرور غير صحيحة. | هل تريد البقاء مسجلاً؟ | تم رفض الطلب. | رمز الخطأ | معرف الطلب | معرف الارتباط | الطابع الزمني | مزيد من التفاصيل',
  ),
  he: language(
    'he-IL',
    1037,
    'rtl',
    'כניסה | מצטערים, לא ניתן היה להשלים את הכניסה. | הארגון שלך אינו מאפשר זאת. | הסיסמה אינה נכונה. | להישאר מחובר? | הבקשה נדחתה. | קוד שגיאה | מזהה בקשה | מזהה מתאם | חותמת זמן | פרטים נוספים',
  ),
  ru: language(
    'ru-RU',
    1049,
    'ltr',
    'Вход | К сожалению, выполнить вход не удалось. | Ваша организация этого не разрешает. | Пароль неверен. | Не выходить из системы? | Запрос отклонён. | Код ошибки | ИД запроса | ИД корреляции | Метка времени | Подробнее',
  ),
  pt: language(
    'pt-BR',
    1046,
    'ltr',
    'Entrar | Não foi possível concluir a entrada. | Sua organização não permite isso. | A senha não está correta. | Continuar conectado? | A solicitação foi negada. | Código de erro | ID da solicitação | ID de correlação | Carimbo de data/hora | Mais detalhes',
  ),
  tr: language(
    'tr-TR',
    1055,
    'ltr',
    'Oturum aç | Üzgünüz, oturum açılamadı. | Kuruluşunuz buna izin vermiyor. | Parola doğru değil. | Oturumunuz açık kalsın mı? | İstek reddedildi. | Hata Kodu | İstek Kimliği | Bağıntı Kimliği | Zaman damgası | Daha fazla ayrıntı',
  ),
  hi: language(
    'hi-IN',
    1081,
    'ltr',
    'साइन इन करें | क्षमा करें, साइन इन पूरा नहीं हो सका। | आपका संगठन इसकी अनुमति नहीं देता। | पासवर्ड सही नहीं है। | साइन इन रहें? | अनुरोध अस्वीकार किया गया। | त्रुटि कोड | अनुरोध आईडी | सहसंबंध आईडी | टाइमस्टैम्प | अधिक विवरण',
  ),
} as const;

export type LanguageName = keyof typeof languages;
