namespace Liuzhuan.Exchange.Hall;

/// <summary>The moving part of a job page by itself, for the script that keeps it fresh.</summary>
internal sealed class ProgressModel(JobStore store, JobDesk desk, HallOptions options) : JobModel(store, desk, options);
