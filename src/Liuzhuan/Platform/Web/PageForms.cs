using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Net.Http.Headers;

namespace Liuzhuan.Platform.Web;

/// <summary>Forms of pages are in UTF-8, as browsers send them. The framework would look for whatever other encoding a form names, and fail where it may not use it (UTF-7).</summary>
internal static class PageForms
{
    public static Task RefuseOtherCharsetsAsync(HttpContext context, RequestDelegate next)
    {
        var isForeign = context.Request.HasFormContentType && context.GetEndpoint()?.Metadata.GetMetadata<PageActionDescriptor>() is not null
            && MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase);
        if (!isForeign) return next(context);
        context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        return Task.CompletedTask;
    }
}
