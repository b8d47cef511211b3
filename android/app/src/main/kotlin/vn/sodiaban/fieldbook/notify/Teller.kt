package vn.sodiaban.fieldbook.notify

import android.Manifest.permission.POST_NOTIFICATIONS
import android.annotation.SuppressLint
import android.app.Notification
import android.app.PendingIntent
import android.content.Context
import android.content.Intent
import android.content.pm.PackageManager.PERMISSION_GRANTED
import android.os.Build
import androidx.annotation.PluralsRes
import androidx.core.app.NotificationChannelCompat
import androidx.core.app.NotificationCompat
import androidx.core.app.NotificationManagerCompat
import androidx.core.content.edit
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import vn.sodiaban.fieldbook.MainActivity
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.FieldbookInterface
import vn.sodiaban.fieldbook.ui.Outcome
import vn.sodiaban.fieldbook.ui.outcome

/**
 * Tells of an answer, a return or a task that is due, once each, with the app out of sight. It says how many, never what or who; on the
 * lock screen not even how many.
 */
class Teller(private val context: Context, private val name: String, private val fieldbook: () -> FieldbookInterface) {
    private val kept by lazy { context.getSharedPreferences("told-$name", Context.MODE_PRIVATE) }
    private val shade = NotificationManagerCompat.from(context)
    private val turn = Mutex()

    /** While somebody looks at the app nothing is told: the pages say it. */
    @Volatile
    var isInSight = false

    /** Tells what is new since the last time. */
    suspend fun tell(): Unit = turn.withLock {
        val now = readNews() ?: return@withLock
        val told = keys()
        val new = now.filter { it.told() !in told }.groupBy { it.kind }
        keep(now)
        if (!isInSight && mayTell()) new.forEach { (kind, news) -> show(kind, news.size) }
    }

    /** The person looks at the app: everything is known, and what was told goes away. */
    suspend fun seen(): Unit = turn.withLock {
        shade.cancelAll()
        readNews()?.let { keep(it) }
    }

    /** Asking is worth it once: when something was written that may be answered. */
    suspend fun shouldAsk(): Boolean = withContext(Dispatchers.IO) {
        Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU && !mayTell() && !kept.contains(ASKED)
    }

    suspend fun asked() = withContext(Dispatchers.IO) { kept.edit(commit = true) { putBoolean(ASKED, true) } }

    /** Nothing of the practice copy is told: it is not real. */
    private suspend fun readNews(): Set<News>? {
        val today = outcome { fieldbook().today() } as? Outcome.Done ?: return null
        return newsOf(today.value).takeUnless { today.value.practice }
    }

    private suspend fun keys(): Set<String> = withContext(Dispatchers.IO) { kept.getStringSet(TOLD, null).orEmpty() }

    /** What is over is forgotten: when it comes again it is told again. */
    private suspend fun keep(now: Set<News>) = withContext(Dispatchers.IO) {
        kept.edit(commit = true) { putStringSet(TOLD, now.mapTo(mutableSetOf()) { it.told() }) }
    }

    private fun News.told() = "$kind $key"

    private fun mayTell() = Build.VERSION.SDK_INT < Build.VERSION_CODES.TIRAMISU ||
        context.checkSelfPermission(POST_NOTIFICATIONS) == PERMISSION_GRANTED

    @SuppressLint("MissingPermission") // mayTell
    private fun show(kind: NewsKind, count: Int) {
        val channel = NotificationChannelCompat.Builder(CHANNEL, NotificationManagerCompat.IMPORTANCE_DEFAULT)
        shade.createNotificationChannel(channel.setName(context.getString(R.string.notify_channel)).build())
        val words = context.resources.getQuantityString(kind.words(), count, count)
        val locked = draw(context.getString(R.string.notify_locked)).build()
        shade.notify(kind.ordinal, draw(words).setVisibility(NotificationCompat.VISIBILITY_PRIVATE).setPublicVersion(locked).build())
    }

    private fun draw(words: String): NotificationCompat.Builder {
        val open = Intent(context, MainActivity::class.java).addFlags(Intent.FLAG_ACTIVITY_NEW_TASK)
        return NotificationCompat.Builder(context, CHANNEL)
            .setSmallIcon(R.drawable.ic_book)
            .setContentTitle(words)
            .setCategory(Notification.CATEGORY_REMINDER)
            .setContentIntent(PendingIntent.getActivity(context, 0, open, PendingIntent.FLAG_IMMUTABLE))
            .setAutoCancel(true)
    }

    @PluralsRes
    private fun NewsKind.words() = when (this) {
        NewsKind.ANSWER -> R.plurals.notify_answers
        NewsKind.RETURN -> R.plurals.notify_returns
        NewsKind.DUE -> R.plurals.notify_due
    }

    private companion object {
        const val CHANNEL = "news"
        const val TOLD = "told"
        const val ASKED = "asked"
    }
}
