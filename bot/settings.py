"""Every setting with its default and meaning; read from the environment, told in the docs."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from db.engine import async_url


class Settings(BaseSettings):
    """What a deployment may choose. Names are the environment variables in lower case."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore")

    host: str = Field(default="127.0.0.1", description="Address the web server listens on.")
    port: int = Field(default=8080, description="Port of the web server.")
    data_dir: Path = Field(
        default=Path("var"), description="Folder of the database, keys, models and caches."
    )
    database_url: str = Field(
        default="", description="SQLAlchemy URL; empty means a SQLite file in DATA_DIR."
    )
    nlu_urls: str = Field(
        default="", description="Rasa servers, separated by commas; empty starts one on loopback."
    )
    demo: bool = Field(default=True, description="Load demo cases and slots, marked as demo data.")
    public_url: str = Field(
        default="",
        description="Address citizens reach this server at, as https://… ; for webhooks.",
    )
    telegram_token: SecretStr = Field(
        default=SecretStr(""), description="Token from @BotFather; empty switches Telegram off."
    )
    telegram_secret: SecretStr = Field(
        default=SecretStr(""),
        description="Secret of the Telegram webhook; with PUBLIC_URL it replaces polling.",
    )
    telegram_api: str = Field(
        default="https://api.telegram.org", description="Address of the Bot API server."
    )
    wechat_app_id: str = Field(
        default="", description="AppID of the WeChat Official Account; empty switches WeChat off."
    )
    wechat_secret: SecretStr = Field(
        default=SecretStr(""), description="AppSecret of the WeChat account."
    )
    wechat_token: SecretStr = Field(
        default=SecretStr(""), description="Token that signs WeChat's requests to the webhook."
    )
    wechat_mode: Literal["plain", "compatible", "safe"] = Field(
        default="safe",
        description="How WeChat's messages come; all but `plain` need WECHAT_AES_KEY.",
    )
    wechat_aes_key: SecretStr = Field(
        default=SecretStr(""), description="EncodingAESKey of the WeChat account, 43 characters."
    )
    wechat_old_aes_key: SecretStr = Field(
        default=SecretStr(""),
        description="The EncodingAESKey before it, while messages under it still come.",
    )
    wechat_push: bool = Field(
        default=True,
        description="Whether the WeChat account has the customer-service API; if not, it answers on "
        "a citizen's own message only.",
    )
    wechat_api: str = Field(
        default="https://api.weixin.qq.com", description="Address of WeChat's API."
    )
    page_webhook_url: str = Field(
        default="", description="Address that is posted to when somebody on duty is called out."
    )
    page_webhook_secret: SecretStr = Field(
        default=SecretStr(""), description="Secret that signs those posts."
    )
    page_sms_url: str = Field(
        default="", description="SMS gateway that takes a form with `to` and `text`."
    )
    page_sms_token: SecretStr = Field(
        default=SecretStr(""), description="Bearer token of the SMS gateway."
    )
    page_mail_server: SecretStr = Field(
        default=SecretStr(""),
        description="Mail server for calls, as smtps://user:password@host:465, smtp+starttls://… or smtp://….",
    )
    page_mail_from: str = Field(default="", description="Sender of those mails.")
    open311_contact: str = Field(
        default="",
        description="Whom systems that want to connect may ask; told by Open311 discovery.",
    )
    trust_proxy: bool = Field(
        default=False,
        description="Whether the last address in X-Forwarded-For, a reverse proxy's, is believed.",
    )

    @property
    def database(self) -> str:
        """The database's URL with its async driver."""
        url = self.database_url or f"sqlite:///{self.data_dir.absolute() / 'sufatong.db'}"
        return async_url(url)

    @property
    def address(self) -> str:
        """Where links into this server begin."""
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"

    @property
    def can_page(self) -> bool:
        """Whether staff can be called out in any way."""
        return bool(
            self.page_webhook_url or self.page_sms_url or self.page_mail_server.get_secret_value()
        )

    @property
    def rasa_urls(self) -> list[str]:
        """The addresses in ``nlu_urls``."""
        return [url.strip() for url in self.nlu_urls.split(",") if url.strip()]
