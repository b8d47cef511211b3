package vn.sodiaban.fieldbook.me

import android.app.LocaleManager
import android.content.Context
import android.content.Intent
import android.os.Build
import android.os.LocaleList
import android.provider.Settings
import androidx.annotation.RequiresApi

/** The language of the app. Android 13 keeps one for each app; before that the phone's own counts for all. */
interface Languages {
    /** None: only the phone's settings can change it. */
    val chosen: Language?

    fun choose(language: Language)
}

fun languages(context: Context): Languages =
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) OfThisApp(context) else OfThePhone(context)

@RequiresApi(Build.VERSION_CODES.TIRAMISU)
private class OfThisApp(context: Context) : Languages {
    private val manager = checkNotNull(context.getSystemService(LocaleManager::class.java))

    override val chosen: Language
        get() = Language.entries.first { it.tag == manager.applicationLocales.run { if (isEmpty) "" else get(0).language } }

    override fun choose(language: Language) {
        manager.applicationLocales = LocaleList.forLanguageTags(language.tag)
    }
}

private class OfThePhone(private val context: Context) : Languages {
    override val chosen: Language? = null

    override fun choose(language: Language) = context.startActivity(Intent(Settings.ACTION_LOCALE_SETTINGS))
}
