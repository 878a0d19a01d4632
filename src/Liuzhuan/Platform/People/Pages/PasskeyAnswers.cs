using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.People.Pages;

/// <summary>How pages hand the browser what it is asked for a passkey.</summary>
internal static class PasskeyAnswers
{
    public static IActionResult Options(this PageModel page, string json) => page.Content(json, "application/json; charset=utf-8");
}
