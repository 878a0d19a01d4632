using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Platform.Web;

/// <summary>What a person sees when a page is not found or a request fails: what happened and what to do, in both languages.</summary>
[IgnoreAntiforgeryToken]
[Authorize(Policy = Policies.Open)]
internal sealed class ErrorModel(PageLanguage language) : PageModel
{
    public int Status { get; private set; }

    public Text Heading { get; private set; } = PageTexts.OtherTitle;

    public Text Why { get; private set; } = PageTexts.OtherWhy;

    public string OtherLanguage => language.Language == PageLanguage.English ? PageLanguage.Chinese : PageLanguage.English;

    public void OnGet(int status) => Show(status);

    public void OnPost(int status) => Show(status);

    private void Show(int status)
    {
        Status = status;
        (Heading, Why) = status switch
        {
            403 => (PageTexts.ForbiddenTitle, Admission.Reason(HttpContext) is { } reason ? new Text(reason.Chinese, reason.English) : PageTexts.ForbiddenWhy),
            404 => (PageTexts.NotFoundTitle, PageTexts.NotFoundWhy),
            400 => (PageTexts.FormTitle, PageTexts.FormWhy),
            413 => (PageTexts.TooLargeTitle, PageTexts.TooLargeWhy),
            503 => (PageTexts.MaintenanceTitle, PageTexts.MaintenanceWhy),
            >= 500 => (PageTexts.FaultTitle, PageTexts.FaultWhy),
            _ => (PageTexts.OtherTitle, PageTexts.OtherWhy),
        };
    }
}
