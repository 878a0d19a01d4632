namespace Liuzhuan.Platform.Web;

/// <summary>The texts of the frame around every page and of the error pages.</summary>
internal static class PageTexts
{
    public static readonly Text Product = new("流转", "Liuzhuan");
    public static readonly Text Motto = new("让信息多跑路，让群众少跑腿", "Let data do the running, so that people need not");
    public static readonly Text SkipToContent = new("跳到正文", "Skip to content");
    public static readonly Text Language = new("语言", "Language");
    public static readonly Text LocalOnly = new("此页面只在本机运行，文件不会离开这台计算机。", "This page runs on this computer only; no file leaves it.");
    public static readonly Text Home = new("回到首页", "Back to the start page");

    public static readonly Text NotFoundTitle = new("没有找到这个页面", "This page was not found");
    public static readonly Text NotFoundWhy = new(
        "网址可能不完整，或者这次核验已到期删除、已被手动删除。请核对网址，或者重新放入文件。",
        "The address may be incomplete, or this verification has expired or was deleted. Check the address, or drop the file again.");
    public static readonly Text ForbiddenTitle = new("这个页面不对您开放", "This page is not open to you");
    public static readonly Text ForbiddenWhy = new(
        "要看它需要相应的权限，这里没有收到，或者已经过期。如果这是您的工作，请向管理员申请；账本条目只对持令牌的审计员开放。",
        "It takes a permission that was not presented here, or has run out. If it is part of your work, ask the administrator; entries of the ledger are for auditors with a token.");
    public static readonly Text MaintenanceTitle = new("正在维护，稍后就好", "Under maintenance, back shortly");
    public static readonly Text MaintenanceWhy = new(
        "服务暂停是为了升级或备份，已收到的文件和答复都在。请几分钟后刷新；急事请直接联系对方单位的联络员。",
        "The service pauses for an upgrade or a backup; files and answers already received are safe. Reload in a few minutes; for urgent matters call the other agency's liaison officer.");
    public static readonly Text FormTitle = new("表单已失效", "The form is no longer valid");
    public static readonly Text FormWhy = new(
        "页面打开太久，或者浏览器没有保存本页的 Cookie，所以请求没有执行。请返回、刷新页面，再做一次。",
        "The page was open for too long, or the browser did not keep its cookie, so nothing was done. Go back, reload the page and try once more.");
    public static readonly Text TooLargeTitle = new("内容太大", "Too large");
    public static readonly Text TooLargeWhy = new("发送的内容超过上限。请拆分文件后再试。", "What was sent is over the limit. Split the file and try again.");
    public static readonly Text FaultTitle = new("程序出错了", "Something went wrong on our side");
    public static readonly Text FaultWhy = new(
        "这不是您的错，已收到的文件没有丢失。请稍后再试；如果仍然出错，请把下面的编号告诉管理员。",
        "This is not your doing, and no received file is lost. Try again shortly; if it happens again, give the number below to the administrator.");
    public static readonly Text FaultNumber = new("编号", "Number");
    public static readonly Text OtherTitle = new("请求没有执行", "The request was not carried out");
    public static readonly Text OtherWhy = new("请回到首页再试一次。", "Go back to the start page and try again.");
}
