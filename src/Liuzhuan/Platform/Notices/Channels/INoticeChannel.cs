using Liuzhuan.Platform.Notices.Outgoing;
using Liuzhuan.Platform.Notices.Templates;

namespace Liuzhuan.Platform.Notices.Channels;

/// <summary>One way to tell somebody.</summary>
internal interface INoticeChannel
{
    /// <summary>One of <see cref="NoticeChannels"/>.</summary>
    string Name { get; }

    /// <summary>One attempt. What a receiver does wrong is a value; only our own mistakes are exceptions.</summary>
    Task<Delivery> SendAsync(Notice notice, NoticeTemplate template, NoticeContent content, CancellationToken stop);
}
