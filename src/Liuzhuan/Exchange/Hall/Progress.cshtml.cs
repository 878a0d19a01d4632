namespace Liuzhuan.Exchange.Hall;

/// <summary>The moving part of a job page by itself, for the script that keeps it fresh.</summary>
internal sealed class ProgressModel(JobDoor door, JobDesk desk, HallOptions options) : JobModel(door, desk, options);
